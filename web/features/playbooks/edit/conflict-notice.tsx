import { StaleNotice } from '../../../kit/document-form/stale-notice.tsx';
import { useEditor } from './editor-state.ts';

/** Offers a choice after a save was refused because someone else had saved first. */
export function ConflictNotice() {
  const editor = useEditor();
  return (
    <StaleNotice
      newer={editor.newer()}
      keep="Overwrite their version"
      onKeep={() => void editor.save()}
      onTake={() => editor.forgetNewer()}
      busy={editor.saving()}
    />
  );
}
