import { Show } from 'solid-js';
import { useEditor } from '../../features/playbooks/edit/editor-state.ts';
import { JsonEditor, type JsonEditorHandle } from '../json-editor/json-editor.tsx';
import { lineOf } from '../json-editor/json-position.ts';

/** The document itself, beside its fields. */
export function DocumentPanel(props: { onSubmit: () => void; handle: (handle: JsonEditorHandle) => void }) {
  const editor = useEditor();
  return (
    <aside aria-label="Playbook as JSON" class="flex w-[40%] min-w-80 flex-col border-l max-lg:hidden">
      <div class="flex min-h-9 items-center px-4 text-muted text-sm">
        The same document. What you change here changes the fields.
      </div>
      <div class="min-h-0 flex-1 px-4">
        <JsonEditor
          text={editor.document.text()}
          onChange={editor.document.setText}
          issues={editor.shownIssues()}
          label="Playbook as JSON"
          onSubmit={() => props.onSubmit()}
          handle={props.handle}
        />
      </div>
      <p class="min-h-3 px-4 py-1 text-failed text-sm" role="status">
        <Show when={editor.document.problem()}>
          {(problem) => {
            const at = () => lineOf(editor.document.text(), problem().at);
            return (
              <>
                Line {at().line}, column {at().column}: {problem().message}
              </>
            );
          }}
        </Show>
      </p>
    </aside>
  );
}
