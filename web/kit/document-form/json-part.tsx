import { createSignal, Show } from 'solid-js';
import { useToolForm } from '../../features/tools/edit/form-state.ts';
import { formatJson } from '../json-editor/json-document.ts';
import { JsonEditor, type JsonEditorHandle } from '../json-editor/json-editor.tsx';
import { lineOf, mapJson } from '../json-editor/json-position.ts';
import { sameJson } from '../schema-form/json-edit.ts';

/** One part of the definition as JSON text. While it is not JSON, the last version that was counts. */
export function JsonPart(props: {
  pointer: string;
  label: string;
  height: string;
  help?: string;
  /** It takes `{input}`s, so the chips may put their names in. */
  template?: boolean;
}) {
  const form = useToolForm();
  let editor: JsonEditorHandle | undefined;
  const [text, setText] = createSignal(formatJson(form.at(props.pointer)));
  const isEmpty = () => text().trim() === '';
  const problem = () => (isEmpty() ? null : mapJson(text()).problem);
  /** The text as it stands, unless the document has moved on to something else. */
  const shown = () => {
    if (problem()) return text();
    const value = form.at(props.pointer);
    const now: unknown = isEmpty() ? undefined : JSON.parse(text());
    return sameJson(now, value) ? text() : formatJson(value);
  };
  const onChange = (next: string) => {
    setText(next);
    if (isEmpty()) form.set(props.pointer, undefined);
    else if (!problem()) form.set(props.pointer, JSON.parse(next) as unknown);
  };
  const issues = () =>
    form
      .shownIssues()
      .filter((issue) => issue.path === props.pointer || issue.path.startsWith(`${props.pointer}/`))
      .map((issue) => ({ ...issue, path: issue.path.slice(props.pointer.length) }));
  const wrong = () => {
    const found = problem();
    if (!found) return form.error(props.pointer, true);
    const { line, column } = lineOf(text(), found.at);
    return `Line ${line}, column ${column}: ${found.message} The last version that was JSON counts.`;
  };
  return (
    <div
      data-pointer={props.pointer}
      onFocusIn={() => props.template && form.setTarget({ insert: (name) => editor?.insertText(name) })}
      onFocusOut={() => form.touch(props.pointer)}
    >
      <JsonEditor
        text={shown()}
        onChange={onChange}
        issues={issues()}
        label={props.label}
        height={props.height}
        handle={(handle) => {
          editor = handle;
        }}
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
