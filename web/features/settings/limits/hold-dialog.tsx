import { createSignal } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

/** Holds the calls to a host, with a reason that those who wait can read. */
export function HoldDialog(props: { host: string; onClose: () => void; onDone: () => Promise<void> }) {
  const [host, setHost] = createSignal(props.host);
  const [reason, setReason] = createSignal('');
  return (
    <FormDialog
      title={t('Hold calls to a host')}
      verb={t('Hold')}
      ready={host().trim() !== '' && reason().trim() !== ''}
      send={async () => {
        const held = await api.breakers.hold.mutate({ host: host().trim(), reason: reason().trim() });
        toast(t`Calls to ${held.host} are held`);
        await props.onDone();
      }}
      failed={t('The calls are not held.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <p class="text-muted">
            {t(
              'No call of this organization leaves for the host until someone resets it. Calls that are safe to retry wait until their total timeout; others fail, and nothing is sent.',
            )}
          </p>
          <TextInput
            label={t('Host')}
            required
            mono
            placeholder="pay.example:443"
            maxLength={300}
            error={issueAt('/host')}
            value={host()}
            onInput={setHost}
          />
          <TextInput
            label={t('Reason')}
            required
            maxLength={500}
            error={issueAt('/reason')}
            value={reason()}
            onInput={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}
