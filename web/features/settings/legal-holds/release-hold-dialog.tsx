import { createSignal } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';

/** Releases a hold, with a reason. */
export function ReleaseHoldDialog(props: {
  id: string;
  covers: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const [reason, setReason] = createSignal('');
  return (
    <FormDialog
      title={t('Release the legal hold?')}
      verb={t('Release')}
      danger
      ready={reason().trim() !== ''}
      send={async () => {
        await api.legalHolds.release.mutate({ id: props.id, reason: reason().trim() });
        toast(t('Legal hold released'));
        await props.onDone();
      }}
      failed={t('The hold was not released.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <p class="text-muted">
            {rich`${() => props.covers}: what is older than the times of retention goes with the next removal.`}
          </p>
          <TextInput
            label={t('Reason')}
            required
            maxLength={1000}
            error={issueAt('/reason')}
            value={reason()}
            onInput={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}
