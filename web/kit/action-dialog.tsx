import { type JSX, Show } from 'solid-js';
import { t } from '../words/words.ts';
import { createArming } from './arming.ts';
import { ConfirmDialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { createSubmission } from './submission.ts';

interface ActionDialogProps {
  title: string;
  /** The label of the button. */
  verb: string;
  danger?: boolean;
  /** What an error means, such as "The view was not removed." */
  failed: string;
  /** The action. What it throws is shown; otherwise the dialog closes. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  /** What the action does. */
  children: JSX.Element;
}

/** Asks before an action, and says why it failed. */
export const ActionDialog = (props: ActionDialogProps & { open: boolean }) => (
  <Show when={props.open}>
    <OpenDialog {...props} />
  </Show>
);

function OpenDialog(props: ActionDialogProps) {
  const { busy, error, submit } = createSubmission(async () => {
    await props.onConfirm();
    props.onClose();
  });
  const armed = createArming(() => props.title);
  return (
    <ConfirmDialog
      open
      onClose={props.onClose}
      onConfirm={() => void submit()}
      title={props.title}
      verb={props.verb}
      keep={t('Cancel')}
      busy={busy()}
      armed={armed()}
      danger={props.danger}
    >
      <div class="flex flex-col gap-3">
        <p>{props.children}</p>
        <FailureNote failed={props.failed} error={error()} />
      </div>
    </ConfirmDialog>
  );
}
