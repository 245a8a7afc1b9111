import { createSignal, type JSX } from 'solid-js';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { ConfirmDialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

/** Asks before an action. Closes when it is done, and stays open to say why it failed. */
export function ActionDialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** On the button. */
  verb: string;
  danger?: boolean;
  /** What was not done, as in "The tool was not archived". */
  failure: string;
  /** @throws what the server refused */
  onConfirm: () => Promise<void>;
  /** What the action does. */
  children: JSX.Element;
}) {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  const close = () => {
    setError(undefined);
    props.onClose();
  };
  async function confirm(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm();
      close();
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={close}
      onConfirm={() => void confirm()}
      title={props.title}
      verb={props.verb}
      keep="Cancel"
      busy={busy()}
      danger={props.danger}
    >
      <div class="flex flex-col gap-3">
        <p>{props.children}</p>
        <FailureNote what={props.failure} error={error()} />
      </div>
    </ConfirmDialog>
  );
}
