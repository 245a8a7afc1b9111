import { createSignal } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { counted, t } from '../../../words/words.ts';

/** As `datetime-local` has it, in the time zone of the browser. */
const local = (at: number) =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Makes up for times that have passed. */
export function BackfillDialog(props: { id: string; onClose: () => void }) {
  const [from, setFrom] = createSignal(local(Date.now() - 86_400_000));
  const [to, setTo] = createSignal(local(Date.now() - 60_000));
  const submission = createSubmission(async () => {
    const { times } = await api.schedules.backfill.mutate({
      id: props.id,
      from: new Date(from()).toISOString(),
      to: new Date(to()).toISOString(),
    });
    toast(
      times.length === 0
        ? t('Every time in this range has come already.')
        : counted(times.length, '{0} time is made up for.|{0} times are made up for.'),
    );
    props.onClose();
  });
  const issueAt = (path: string) => submission.error()?.issues?.find((issue) => issue.path === path)?.message;
  const input = (label: string, value: () => string, set: (value: string) => void, path: string) => (
    <Field label={label} error={issueAt(path)}>
      {(attributes) => (
        <input
          {...attributes}
          type="datetime-local"
          class={inputClass}
          value={value()}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
  return (
    <SubmitDialog
      title={t('Make up for times')}
      description={t(
        'Times that have passed and have not come run now, one after the other. One that has come is never run again.',
      )}
      verb={t('Make up')}
      busy={submission.busy()}
      ready={from() !== '' && to() !== ''}
      onSubmit={() => void submission.submit()}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3">
        {input(t('From'), from, setFrom, '/from')}
        {input(t('Until'), to, setTo, '/to')}
        <FailureNote failed={t('Nothing was changed.')} error={submission.error()} />
      </div>
    </SubmitDialog>
  );
}
