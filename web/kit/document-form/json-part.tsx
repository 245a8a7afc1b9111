import { createSignal, Show } from 'solid-js';
import { readJson } from '../../../shared/platform/read-json.ts';
import { t } from '../../words/words.ts';
import { formatJson } from '../json-editor/json-document.ts';
import { JsonEditor, type JsonEditorHandle } from '../json-editor/json-editor.tsx';
import { mapJson, problemWords } from '../json-editor/json-position.ts';
import { isWithin, sameJson } from '../schema-form/json-edit.ts';
import { useDocumentForm } from './document-form.ts';

/** One part of the document as JSON text. While the text is not JSON, the part keeps its last value. */
export function JsonPart(props: {
  pointer: string;
  label: string;
  height: string;
  help?: string;
  /** An empty text is a problem instead of no value. */
  required?: boolean;
  handle?: (handle: JsonEditorHandle) => void;
}) {
  const form = useDocumentForm();
  const [text, setText] = createSignal(formatJson(form.at(props.pointer)));
  const isEmpty = () => text().trim() === '' && !props.required;
  const problem = () => (isEmpty() ? null : mapJson(text()).problem);
  /** The text as typed, unless another view has changed the value. */
  const shown = () => {
    if (problem()) return text();
    const value = form.at(props.pointer);
    const now: unknown = isEmpty() ? undefined : readJson(text());
    return sameJson(now, value) ? text() : formatJson(value);
  };
  const onChange = (next: string) => {
    setText(next);
    if (problem()) return;
    if (isEmpty()) form.set(props.pointer, undefined);
    else form.set(props.pointer, readJson(next));
  };
  const issues = () =>
    form
      .shownIssues()
      .filter((issue) => isWithin(issue.path, props.pointer))
      .map((issue) => ({ ...issue, path: issue.path.slice(props.pointer.length) }));
  const error = () => {
    const found = problem();
    return found
      ? t`${problemWords(text(), found)} The last valid JSON is used.`
      : form.error(props.pointer, true);
  };
  return (
    <div data-pointer={props.pointer} onFocusOut={() => form.touch(props.pointer)}>
      <JsonEditor
        text={shown()}
        onChange={onChange}
        issues={issues()}
        label={props.label}
        height={props.height}
        handle={props.handle}
      />
      <Show when={error() ?? props.help}>
        {(words) => (
          <p class="pt-1 text-sm" classList={{ 'text-failed': Boolean(error()), 'text-faint': !error() }}>
            {words()}
          </p>
        )}
      </Show>
    </div>
  );
}
