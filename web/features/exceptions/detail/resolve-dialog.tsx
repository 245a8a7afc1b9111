import { createSignal, For, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { resolutionCodes } from '../../../../shared/exceptions/exception-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { rich, t } from '../../../words/words.ts';
import { resolutionWords } from '../parts/exception-words.ts';
import type { Exception } from './exception-changes.ts';

/** Resolves an exception: how it ended, and a note. */
export function ResolveDialog(props: {
  exception: Exception;
  /** The title of a playbook with an open run. */
  openRun: string | undefined;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  const [code, setCode] = createSignal<(typeof resolutionCodes)[number]>('fixed');
  const [note, setNote] = createSignal('');
  return (
    <FormDialog
      title={t`Resolve ${exceptionLabel(props.exception.number)}`}
      verb={t('Resolve')}
      failed={t('The exception was not resolved.')}
      ready
      onClose={props.onClose}
      send={async () => {
        props.onDone(
          await api.exceptions.resolve.mutate({
            id: props.exception.id,
            code: code(),
            note: note().trim() || undefined,
          }),
        );
        props.onClose();
      }}
    >
      {(issueAt) => (
        <>
          <Show when={props.openRun}>
            {(title) => (
              <p class="text-unknown">
                {rich`${title} has an open run. Resolving the exception does not end it: its steps stay open.`}
              </p>
            )}
          </Show>
          <Field label={t('Resolution')} error={issueAt('/code')}>
            {(input) => (
              <select
                {...input}
                value={code()}
                onChange={(event) => setCode(event.currentTarget.value as ReturnType<typeof code>)}
                class={inputClass}
              >
                <For each={resolutionCodes}>
                  {(each) => (
                    <option value={each} selected={each === code()}>
                      {resolutionWords[each]}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TextInput
            label={t('Note')}
            help={t('What was done, for the next person with the same problem.')}
            error={issueAt('/note')}
            rows={4}
            maxLength={4096}
            value={note()}
            onInput={setNote}
          />
        </>
      )}
    </FormDialog>
  );
}
