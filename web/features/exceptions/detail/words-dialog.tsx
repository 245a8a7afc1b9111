import { createSignal, type JSX } from 'solid-js';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { SubmitKey } from '../../../kit/submit-key.tsx';

/** A short form in the middle of the page: sends with mod+enter, and stays open with what was written when that fails. */
export function WordsDialog(props: {
  title: string;
  description?: JSX.Element;
  verb: string;
  keep?: string;
  /** What was not done, as in "It was not resolved". */
  failure: string;
  /** Says in words why it cannot be sent yet. */
  ready: boolean;
  width?: string;
  onClose: () => void;
  onSend: () => Promise<void>;
  children: (form: { issueAt: (pointer: string) => string | undefined }) => JSX.Element;
}) {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let form: HTMLFormElement | undefined;
  async function send(): Promise<void> {
    if (busy() || !props.ready) return;
    setBusy(true);
    setError(undefined);
    try {
      await props.onSend();
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
      width={props.width ?? '480px'}
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{props.keep ?? 'Cancel'}</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={!props.ready}
            onClick={() => void send()}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <SubmitKey
        verb={props.verb}
        onSubmit={() => void send()}
        onOpened={() => form?.querySelector<HTMLElement>('input, select, textarea')?.focus()}
      />
      <form
        ref={form}
        class="flex flex-col gap-3.5 px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <FailureNote what={props.failure} error={error()} />
        {props.children({ issueAt })}
      </form>
    </Dialog>
  );
}
