import { createMemo, createSignal } from 'solid-js';
import { readJson } from '../../../shared/platform/read-json.ts';
import { t } from '../../words/words.ts';
import { getAt, setAt } from '../schema-form/json-edit.ts';
import { mapJson } from './json-position.ts';

export const formatJson = (value: unknown): string =>
  value === undefined ? '' : JSON.stringify(value, null, 2);

/**
 * One document with two views: fields that change a place in it, and its text. While the text is not JSON, the fields
 * show the last valid document.
 */
export function createJsonDocument(initial: unknown, initialText = formatJson(initial)) {
  const [value, setValue] = createSignal<unknown>(initial, { equals: false });
  const [text, setText] = createSignal(initialText);
  const [problem, setProblem] = createSignal<{ at: number; message: string } | null>(null);

  const replace = (next: unknown) => {
    setValue(() => next);
    setText(formatJson(next));
    setProblem(null);
  };
  const document = {
    value,
    text,
    /** Why the text is not JSON; null while it is. */
    problem,
    map: createMemo(() => mapJson(text())),
    at: (pointer: string) => getAt(value(), pointer),
    replace,
    set: (pointer: string, next: unknown) => replace(setAt(value(), pointer, next)),
    setText: (next: string) => {
      setText(next);
      const found = mapJson(next).problem;
      setProblem(found);
      if (found) return;
      // The scanner locates problems; the platform's parser decides.
      try {
        setValue(() => readJson(next));
      } catch {
        setProblem({ at: 0, message: t('This is not JSON.') });
      }
    },
  };
  document.setText(initialText);
  if (initialText === '') setProblem(null);
  return document;
}
