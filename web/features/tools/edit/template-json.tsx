import { JsonPart } from '../../../kit/document-form/json-part.tsx';
import type { JsonEditorHandle } from '../../../kit/json-editor/json-editor.tsx';
import { useToolForm } from './tool-form-state.ts';

/** A JSON template: the chips insert inputs at its cursor. */
export function TemplateJson(props: { pointer: string; label: string; height: string; help: string }) {
  const form = useToolForm();
  let editor: JsonEditorHandle | undefined;
  return (
    <div onFocusIn={() => form.setTarget({ insert: (name) => editor?.insertText(name) })}>
      <JsonPart
        {...props}
        handle={(handle) => {
          editor = handle;
        }}
      />
    </div>
  );
}
