import { createSignal, type JSX } from 'solid-js';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { SubmitKey } from './submit-key.tsx';

/** A short form in a dialog. It submits with mod+enter, and stays open with its content when that fails. */
export function FormDialog(props: {
  title: string;
  description?: JSX.Element;
  /** On the button. */
  verb: string;
  danger?: boolean;
  /** On the button that does nothing; "Cancel" by default. */
  cancel?: string;
  /** What was not done, as in "The exception was not resolved". */
  failure: string;
  /** Can it be submitted? */
  ready: boolean;
  onClose: () => void;
  /** @throws what the server refused */
  onSubmit: () => Promise<void>;
  children: (form: { issueAt: (pointer: string) => string | undefined }) => JSX.Element;
}) {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let form: HTMLFormElement | undefined;
  async function submit(): Promise<void> {
    if (busy() || !props.ready) return;
    setBusy(true);
    setError(undefined);
    try {
      await props.onSubmit();
      props.onClose();
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }
  const issueAt = (pointer: string) => error()?.issues.find((issue) => issue.path === pointer)?.message;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      width="480px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{props.cancel ?? 'Cancel'}</Button>
          <Button
            variant={props.danger ? 'danger' : 'primary'}
            keys="mod+enter"
            busy={busy()}
            disabled={!props.ready}
            onClick={() => void submit()}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <SubmitKey
        verb={props.verb}
        onSubmit={() => void submit()}
        onOpened={() => form?.querySelector<HTMLElement>('input, select, textarea')?.focus()}
      />
      <form
        ref={form}
        class="flex flex-col gap-3.5 px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FailureNote what={props.failure} error={error()} />
        {props.children({ issueAt })}
      </form>
    </Dialog>
  );
}
