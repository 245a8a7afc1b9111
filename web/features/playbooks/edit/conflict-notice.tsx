import { StaleNotice } from '../../../kit/document-form/stale-notice.tsx';
import { t } from '../../../words/words.ts';
import { useEditor } from './editor-state.ts';

/** Offers a choice after a save was refused because someone else had saved first. */
export function ConflictNotice() {
  const editor = useEditor();
  return (
    <StaleNotice
      newer={editor.newer()}
      keep={t('Overwrite their version')}
      onKeep={() => void editor.save()}
      onTake={() => editor.forgetNewer()}
      busy={editor.saving()}
    />
  );
}
