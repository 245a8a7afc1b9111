import { createSignal, For, Show } from 'solid-js';
import { linkKinds } from '../../../../shared/exceptions/exception-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { linkKindWords } from '../parts/exception-words.ts';
import type { Exception } from './exception-changes.ts';

/** Links another exception by its number, or an external page by its URL. */
export function LinkDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  const [kind, setKind] = createSignal<(typeof linkKinds)[number]>('related');
  const [target, setTarget] = createSignal('');
  const [title, setTitle] = createSignal('');
  const isPage = () => kind() === 'url';
  return (
    <FormDialog
      title={t('Add link')}
      verb={t('Add link')}
      failed={t('The link was not added.')}
      ready={target().trim() !== ''}
      onClose={props.onClose}
      send={async () => {
        props.onDone(
          await api.exceptions.link.mutate({
            id: props.exception.id,
            kind: kind(),
            ...(isPage() ? { url: target().trim(), title: title().trim() } : { target: target().trim() }),
          }),
        );
        props.onClose();
      }}
    >
      {(issueAt) => (
        <>
          <Field label={t('This exception is')} error={issueAt('/kind')}>
            {(input) => (
              <select
                {...input}
                value={kind()}
                onChange={(event) => setKind(event.currentTarget.value as ReturnType<typeof kind>)}
                class={inputClass}
              >
                <For each={linkKinds}>
                  {(each) => (
                    <option value={each} selected={each === kind()}>
                      {each === 'url' ? t('Described on an external page') : linkKindWords[each]}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TextInput
            label={isPage() ? t('URL') : t('Exception')}
            required
            error={issueAt(isPage() ? '/url' : '/target')}
            maxLength={isPage() ? 2048 : 128}
            spellcheck={false}
            placeholder={isPage() ? 'https://…' : 'EX-42'}
            value={target()}
            onInput={setTarget}
          />
          <Show when={isPage()}>
            <TextInput
              label={t('Title')}
              error={issueAt('/title')}
              maxLength={200}
              placeholder={t('Ticket at the payment provider')}
              value={title()}
              onInput={setTitle}
            />
          </Show>
        </>
      )}
    </FormDialog>
  );
}
