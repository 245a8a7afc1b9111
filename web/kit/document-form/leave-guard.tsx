import { useBlocker } from '@tanstack/solid-router';
import { ConfirmDialog } from '../dialog.tsx';
import { useDocumentForm } from './document-form.ts';

/** Asks before unsaved changes are lost. */
export function LeaveGuard() {
  const form = useDocumentForm();
  const blocker = useBlocker({
    shouldBlockFn: () => form.dirty() && !form.saving(),
    enableBeforeUnload: () => form.dirty() && !form.saving(),
    withResolver: true,
  });
  return (
    <ConfirmDialog
      open={blocker().status === 'blocked'}
      onClose={() => blocker().reset?.()}
      onConfirm={() => {
        form.forget();
        blocker().proceed?.();
      }}
      title="Leave without saving?"
      verb="Leave"
      keep="Cancel"
      danger
    >
      Your unsaved changes are lost.
    </ConfirmDialog>
  );
}
