import { createSignal } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';

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
      title="Release the legal hold?"
      verb="Release"
      danger
      ready={reason().trim() !== ''}
      send={async () => {
        await api.legalHolds.release.mutate({ id: props.id, reason: reason().trim() });
        toast('Legal hold released');
        await props.onDone();
      }}
      failed="The hold was not released."
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <p class="text-muted">
            {props.covers}: what is older than the times of retention goes with the next removal.
          </p>
          <TextInput
            label="Reason"
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
