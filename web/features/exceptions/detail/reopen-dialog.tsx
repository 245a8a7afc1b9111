import { createSignal } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import type { Exception } from './exception-changes.ts';

/** Reopens a resolved exception, with a reason. */
export function ReopenDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  const [reason, setReason] = createSignal('');
  return (
    <FormDialog
      title={t`Reopen ${exceptionLabel(props.exception.number)}`}
      verb={t('Reopen')}
      failed={t('The exception was not reopened.')}
      ready={reason().trim() !== ''}
      onClose={props.onClose}
      send={async () => {
        props.onDone(await api.exceptions.reopen.mutate({ id: props.exception.id, reason: reason().trim() }));
        props.onClose();
      }}
    >
      {(issueAt) => (
        <TextInput
          label={t('Reason')}
          required
          help={t('Shown in the timeline.')}
          error={issueAt('/reason')}
          rows={3}
          maxLength={4096}
          value={reason()}
          onInput={setReason}
        />
      )}
    </FormDialog>
  );
}
