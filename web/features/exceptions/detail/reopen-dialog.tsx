import { createSignal } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import type { Exception } from './exception-changes.ts';
import { WordsDialog } from './words-dialog.tsx';

export function ReopenDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  const [reason, setReason] = createSignal('');
  return (
    <WordsDialog
      title={`Reopen ${exceptionLabel(props.exception.number)}`}
      verb="Reopen"
      keep="Leave it resolved"
      failure="It was not reopened"
      ready={reason().trim() !== ''}
      onClose={props.onClose}
      onSend={async () =>
        props.onDone(await api.exceptions.reopen.mutate({ id: props.exception.id, reason: reason().trim() }))
      }
    >
      {(form) => (
        <Field
          label="Why"
          required
          help="Stands on the time line beside your name."
          error={form.issueAt('/reason')}
        >
          {(input) => (
            <textarea
              {...input}
              rows={3}
              maxLength={4096}
              value={reason()}
              onInput={(event) => setReason(event.currentTarget.value)}
              class={`${inputClass} h-auto py-1`}
            />
          )}
        </Field>
      )}
    </WordsDialog>
  );
}
