import { createSignal, Show } from 'solid-js';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { JsonEditor } from '../../../kit/json-editor/json-editor.tsx';
import { lineOf, mapJson } from '../../../kit/json-editor/json-position.ts';
import { isWithin, sameJson } from '../../../kit/schema-form/json-edit.ts';
import { useEditor } from './editor-state.ts';

/** One part of the document as JSON text. While it is not JSON, the last version that was counts. */
export function JsonPart(props: { pointer: string; label: string; height: string; help?: string }) {
  const editor = useEditor();
  const [text, setText] = createSignal(formatJson(editor.at(props.pointer)));
  const isEmpty = () => text().trim() === '';
  const problem = () => (isEmpty() ? null : mapJson(text()).problem);
  /** The text as it stands, unless the document has moved on to something else. */
  const shown = () => {
    if (problem()) return text();
    const value = editor.at(props.pointer);
    const now: unknown = isEmpty() ? undefined : JSON.parse(text());
    return sameJson(now, value) ? text() : formatJson(value);
  };
  const onChange = (next: string) => {
    setText(next);
    if (isEmpty()) editor.set(props.pointer, undefined);
    else if (!problem()) editor.set(props.pointer, JSON.parse(next) as unknown);
  };
  const issues = () =>
    editor
      .shownIssues()
      .filter((issue) => isWithin(issue.path, props.pointer))
      .map((issue) => ({ ...issue, path: issue.path.slice(props.pointer.length) }));
  const wrong = () => {
    const found = problem();
    if (!found) return editor.error(props.pointer, true);
    const { line, column } = lineOf(text(), found.at);
    return `Line ${line}, column ${column}: ${found.message} The last version that was JSON counts.`;
  };
  return (
    <div data-pointer={props.pointer} onFocusOut={() => editor.touch(props.pointer)}>
      <JsonEditor
        text={shown()}
        onChange={onChange}
        issues={issues()}
        label={props.label}
        height={props.height}
      />
      <Show when={wrong() ?? props.help}>
        {(words) => (
          <p class="pt-1 text-sm" classList={{ 'text-failed': Boolean(wrong()), 'text-faint': !wrong() }}>
            {words()}
          </p>
        )}
      </Show>
    </div>
  );
}
