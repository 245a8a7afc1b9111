import { ConfirmDialog } from '../../../kit/dialog.tsx';

/** Asks before a run is cancelled, and says what that cannot undo. */
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
      title="Cancel this execution"
      verb="Cancel it"
      keep="Let it run"
      danger
      busy={props.busy}
    >
      No further attempt is made. A call that is already under way may still take effect at the provider.
    </ConfirmDialog>
  );
}
