import type { JSX } from 'solid-js';
import { FailureNote } from './failure-note.tsx';
import { createSubmission } from './submission.ts';
import { SubmitDialog } from './submit-dialog.tsx';

/** A small form in a dialog. The button, Enter and mod+enter send it; an error is shown above the fields. */
export function FormDialog(props: {
  title: string;
  description?: string;
  width?: string;
  /** The label of the button, such as "Save view". */
  verb: string;
  danger?: boolean | undefined;
  /** The label of the other button. Default "Cancel". */
  cancel?: string;
  /** Is the form complete enough to be sent? */
  ready: boolean;
  /** Sends the form and closes the dialog. What it throws is shown. */
  send: () => Promise<unknown>;
  /** What an error means, such as "The view was not saved." */
  failed: string;
  onClose: () => void;
  /**
   * The fields. Gets the message for a field of the request, such as `/url`, and the messages for what is inside of one,
   * with their places.
   */
  children: (
    issueAt: (pointer: string) => string | undefined,
    issuesIn: (pointer: string) => string | undefined,
  ) => JSX.Element;
}) {
  let form: HTMLFormElement | undefined;
  const { busy, error, submit } = createSubmission(() => props.send());
  const issueAt = (pointer: string) => error()?.issues.find((issue) => issue.path === pointer)?.message;
  const issuesIn = (pointer: string) =>
    error()
      ?.issues.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`))
      .map(({ path, message }) => [path.slice(pointer.length), message].filter(Boolean).join(': '))
      .join('; ') || undefined;
  return (
    <SubmitDialog
      title={props.title}
      description={props.description}
      width={props.width ?? '480px'}
      verb={props.verb}
      danger={props.danger}
      cancel={props.cancel}
      busy={busy()}
      ready={props.ready}
      onSubmit={() => void submit()}
      onOpened={() => form?.querySelector<HTMLElement>('input, select, textarea')?.focus()}
      onClose={props.onClose}
    >
      <form
        ref={form}
        class="flex flex-col gap-3.5 px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (props.ready) void submit();
        }}
      >
        <FailureNote failed={props.failed} error={error()} />
        {props.children(issueAt, issuesIn)}
        {/* Without a submit button, Enter would not submit a form with several inputs. */}
        <input type="submit" hidden />
      </form>
    </SubmitDialog>
  );
}
