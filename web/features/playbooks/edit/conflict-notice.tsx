import { Show } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { useEditor } from './editor-state.ts';

/** Offers a choice after a save was refused because someone else had saved first. */
export function ConflictNotice() {
  const editor = useEditor();
  return (
    <Show when={editor.theirs()}>
      {(theirs) => (
        <div
          class="flex shrink-0 flex-wrap items-center gap-x-3 border-b bg-unknown-soft px-6 py-1.5"
          role="alert"
        >
          <p class="min-w-0 flex-1">
            Not saved: someone else saved this playbook <RelativeTime at={theirs().updatedAt} />, after you
            started. Your changes are still here.
          </p>
          <Button onClick={() => editor.takeTheirs()}>Use their version</Button>
          <Button variant="danger" busy={editor.saving()} onClick={() => void editor.overwriteTheirs()}>
            Overwrite their version
          </Button>
        </div>
      )}
    </Show>
  );
}
