import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { t } from '../../../words/words.ts';

/** Asks before an execution is cancelled, and says what cancelling cannot undo. */
export function CancelDialog(props: {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
      title={t('Cancel this execution?')}
      verb={t('Cancel execution')}
      keep={t('Keep running')}
      danger
      busy={props.busy}
    >
      {t(
        'No further attempts are made. A request that was already sent may still take effect at the provider.',
      )}
    </ConfirmDialog>
  );
}
