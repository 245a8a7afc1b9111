import { createSignal, For, Show } from 'solid-js';
import { linkKinds } from '../../../../shared/exceptions/exception-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { linkKindWords } from '../parts/exception-words.ts';
import type { Exception } from './exception-changes.ts';
import { WordsDialog } from './words-dialog.tsx';

/** To another exception by its number, or to a page elsewhere by its address. */
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
    <WordsDialog
      title="Add a link"
      verb="Add link"
      failure="Nothing was linked"
      ready={target().trim() !== ''}
      onClose={props.onClose}
      onSend={async () =>
        props.onDone(
          await api.exceptions.link.mutate({
            id: props.exception.id,
            kind: kind(),
            ...(isPage() ? { url: target().trim(), title: title().trim() } : { target: target().trim() }),
          }),
        )
      }
    >
      {(form) => (
        <>
          <Field label="This one is" error={form.issueAt('/kind')}>
            {(input) => (
              <select
                {...input}
                value={kind()}
                onChange={(event) => setKind(event.currentTarget.value as ReturnType<typeof kind>)}
                class={inputClass}
              >
                <For each={linkKinds}>
                  {(each) => (
                    <option value={each}>
                      {each === 'url' ? 'Described on a page elsewhere' : linkKindWords[each]}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <Field
            label={isPage() ? 'Address' : 'Exception'}
            required
            error={form.issueAt(isPage() ? '/url' : '/target')}
          >
            {(input) => (
              <input
                {...input}
                type="text"
                maxLength={isPage() ? 2048 : 128}
                autocomplete="off"
                spellcheck={false}
                placeholder={isPage() ? 'https://…' : 'EX-42'}
                value={target()}
                onInput={(event) => setTarget(event.currentTarget.value)}
                class={inputClass}
              />
            )}
          </Field>
          <Show when={isPage()}>
            <Field label="What it is" error={form.issueAt('/title')}>
              {(input) => (
                <input
                  {...input}
                  type="text"
                  maxLength={200}
                  autocomplete="off"
                  placeholder="Ticket of the payment provider"
                  value={title()}
                  onInput={(event) => setTitle(event.currentTarget.value)}
                  class={inputClass}
                />
              )}
            </Field>
          </Show>
        </>
      )}
    </WordsDialog>
  );
}
