import { ConfirmDialog } from '../../../kit/dialog.tsx';

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
      title="Cancel this execution?"
      verb="Cancel execution"
      keep="Keep running"
      danger
      busy={props.busy}
    >
      No further attempts are made. A request that was already sent may still take effect at the provider.
    </ConfirmDialog>
  );
}
