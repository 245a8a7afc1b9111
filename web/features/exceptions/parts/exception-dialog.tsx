import { type Accessor, createSignal, type JSX } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { t } from '../../../words/words.ts';
import { createExceptionDraft, type ExceptionDraft } from './exception-draft.ts';
import { ExceptionFields, type ExceptionFieldsHandle } from './exception-fields.tsx';

/** A form for an exception, new or existing. Issues are shown at their fields, and the first one gets the focus. */
export function ExceptionDialog(props: {
  title: string;
  verb: string;
  /** What an error means, such as "The exception was not saved." */
  failed: string;
  /** Below the fields. */
  note?: JSX.Element;
  /** Below the fields, too: what will become of what they hold. */
  preview?: (draft: Accessor<ExceptionDraft>) => JSX.Element;
  start: ExceptionDraft;
  /** A new exception is checked as a whole before it is sent, and can be assigned. */
  isNew?: boolean;
  /** @throws what the server refused */
  send: (draft: ExceptionDraft) => Promise<void>;
  onClose: () => void;
}) {
  const query = useQuery(() => queries.exceptions.domains());
  const domains = () => (query.isSuccess ? query.data.items : []);
  const draft = createExceptionDraft(props.start, domains);
  const [busy, setBusy] = createSignal(false);
  let fields: ExceptionFieldsHandle | undefined;

  const focusFirstIssue = () => {
    const first = draft.firstIssue();
    if (first !== undefined) fields?.focus(first);
  };

  async function submit(): Promise<void> {
    const title = draft.draft().title.trim();
    draft.reject([
      ...(title === '' ? [{ path: '/title', message: t('Enter a title.'), keyword: 'required' }] : []),
      ...((props.isNew && fields?.check()) || []),
    ]);
    if (draft.firstIssue() !== undefined) return focusFirstIssue();
    setBusy(true);
    try {
      await props.send({ ...draft.draft(), title });
      props.onClose();
    } catch (failure) {
      draft.fail(failure);
      focusFirstIssue();
    } finally {
      setBusy(false);
    }
  }

  return (
    <SubmitDialog
      title={props.title}
      width="640px"
      verb={props.verb}
      busy={busy()}
      onSubmit={() => void submit()}
      onOpened={() => fields?.focus('/title')}
      onClose={props.onClose}
    >
      <ExceptionFields
        draft={draft}
        domains={domains()}
        withAssignee={props.isNew}
        failed={props.failed}
        handle={(handle) => {
          fields = handle;
        }}
      />
      <div class="px-5 pb-4 empty:hidden">{props.note}</div>
      <div class="px-5 pb-4 empty:hidden">{props.preview?.(draft.draft)}</div>
    </SubmitDialog>
  );
}
