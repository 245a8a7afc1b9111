import { Show } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { useEditor } from './editor-state.ts';

/** What one has to know before going on: what came back after a reload, and what somebody else has saved. */
export function EditorNotices() {
  const editor = useEditor();
  return (
    <>
      <Show when={editor.restored() && editor.dirty()}>
        <p class="flex shrink-0 items-center gap-3 border-b bg-sunken px-6 py-1" role="status">
          Your changes from before, which were not saved, are back.
          <Button variant="quiet" onClick={() => editor.revert()}>
            Throw them away
          </Button>
        </p>
      </Show>
      <Show when={editor.theirs()}>
        {(theirs) => (
          <div
            class="flex shrink-0 flex-wrap items-center gap-x-3 border-b bg-unknown-soft px-6 py-1.5"
            role="alert"
          >
            <p class="min-w-0 flex-1">
              Not saved: somebody else has saved this playbook <RelativeTime at={theirs().updatedAt} />, after
              you began. Your changes are still here.
            </p>
            <Button onClick={() => editor.takeTheirs()}>Take theirs</Button>
            <Button variant="danger" busy={editor.saving()} onClick={() => void editor.overwriteTheirs()}>
              Save over theirs
            </Button>
          </div>
        )}
      </Show>
    </>
  );
}
