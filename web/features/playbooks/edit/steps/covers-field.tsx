import { createMemo, Show } from 'solid-js';
import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { ListField } from '../../../../kit/document-form/list-field.tsx';
import { t } from '../../../../words/words.ts';
import { stepAt, stepPaths, textOf } from '../../parts/outline.ts';
import { useEditor } from '../editor-state.ts';

/** The calls that an approval covers: the next one, none, or those that are chosen. */
export function CoversField(props: { path: string }) {
  const editor = useEditor();
  const pointer = () => `${props.path}/covers`;
  const calls = createMemo(() => {
    const steps = stepPaths(editor.value()).map((path) => stepAt(editor.value(), path));
    return steps
      .filter((step) => textOf(step, 'tool') !== '')
      .map((step) => ({ value: textOf(step, 'id'), label: textOf(step, 'title') || textOf(step, 'id') }));
  });
  const mode = () => {
    const value = editor.at(pointer());
    if (!Array.isArray(value)) return 'next';
    return value.length === 0 ? 'none' : 'chosen';
  };
  const first = () => calls()[0]?.value ?? '';
  const choose = (next: string) => {
    const values: Record<string, string[]> = { none: [], chosen: [first()] };
    editor.set(pointer(), values[next]);
  };
  return (
    <>
      <SelectField
        pointer={pointer()}
        label={t('Covers')}
        value={mode()}
        onChange={choose}
        options={[
          { value: 'next', label: t('The next call after it') },
          { value: 'chosen', label: t('Chosen calls') },
          { value: 'none', label: t('No call') },
        ]}
        help={t(
          'Approvers see the exact requests, and only these run. A changed request must be approved again.',
        )}
      />
      <Show when={mode() === 'chosen'}>
        <ListField pointer={pointer()} label={t('Covered calls')} one={t('call')} start={first}>
          {(at, index) => <SelectField pointer={at} label={t`Call ${index + 1}`} options={calls()} />}
        </ListField>
      </Show>
    </>
  );
}
