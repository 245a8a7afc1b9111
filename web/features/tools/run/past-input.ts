import { pointerSteps } from '../../../../shared/platform/json-pointer.ts';
import { holdsMark } from '../../../../shared/platform/redaction/redaction-mark.ts';
import { formatList } from '../../../kit/format.ts';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { t } from '../../../words/words.ts';

/** The input of an earlier execution, ready to be used again: redacted values are removed, and their places listed. */
export function reusableInput(input: unknown): { value: unknown; missing: string[] } {
  const missing = markedPointers(input);
  // From the back: removing an element of a list moves the ones after it.
  const value = missing
    .toReversed()
    .reduce<unknown>((kept, pointer) => setAt(kept, pointer, undefined), input);
  return { value: value ?? {}, missing };
}

function markedPointers(value: unknown, pointer = ''): string[] {
  // A mark inside a longer text means that part of it was redacted.
  if (typeof value === 'string') return holdsMark(value) ? [pointer] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    markedPointers(each, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** "pin and card.number" */
export function placesWords(pointers: readonly string[]): string {
  const names = pointers.map((pointer) => pointerSteps(pointer).join('.') || t('the input'));
  return names.length < 2 ? (names[0] ?? '') : formatList(names);
}
