import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { readJson } from '../../../../shared/platform/read-json.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { rich, t } from '../../../words/words.ts';
import type { Draft } from './draft.ts';
import { kindWords } from './kind-words.ts';

type Tried = Outputs['settings']['tryRedaction'];

/** Shows what would be stored of a text or JSON, with the choices as they are on the page. */
export function TryRedaction(props: { kinds: Draft['kinds'] }) {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [tried, setTried] = createSignal<Tried>();
  const { busy, error, submit } = createSubmission(async () => {
    setTried(await api.settings.tryRedaction.mutate({ value: readInput(text()), kinds: props.kinds }));
  });
  return (
    <form
      class="flex flex-col gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="flex flex-col gap-1">
        <label for={id} class="font-medium text-sm">
          {t('Try a text or JSON')}
        </label>
        <textarea
          id={id}
          rows={4}
          spellcheck={false}
          aria-describedby={`${id}-help`}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
          class={`${inputClass} h-auto max-w-[68ch] py-1.5 font-mono text-sm`}
        />
        <p id={`${id}-help`} class="text-faint text-sm">
          {t('With the choices above, saved or not. Nothing of it is stored.')}
        </p>
      </div>
      <FailureNote failed={t('The text was not tried.')} error={error()} />
      <div>
        <Button type="submit" busy={busy()} disabled={text().trim() === ''}>
          {t('Try')}
        </Button>
      </div>
      <Show when={tried()}>
        {(result) => (
          <section aria-label={t('Result')} class="flex flex-col gap-2">
            <JsonTree value={result().value} label={t('As it would be stored')} />
            <Show
              when={result().found.length > 0}
              fallback={
                <p class="text-muted text-sm">{t('Nothing was found: it would be stored as it is.')}</p>
              }
            >
              <ul aria-label={t('Found')} class="flex flex-col gap-1 text-sm">
                <For each={result().found}>
                  {(found) => (
                    <li>
                      <span class="font-medium">
                        {found.kind === 'secret' ? t('Secret') : kindWords[found.kind].label}
                      </span>{' '}
                      <Show when={found.path}>
                        {rich`at ${<code class="font-mono">{found.path}</code>}`}{' '}
                      </Show>
                      → <code class="font-mono">{found.shown}</code>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </section>
        )}
      </Show>
    </form>
  );
}

/** JSON where it is JSON, otherwise the text itself. */
function readInput(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}
