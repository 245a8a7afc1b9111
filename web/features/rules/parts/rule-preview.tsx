import { type Accessor, For, Show } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { settingWords } from './rule-words.ts';

type Tried = NonNullable<Parameters<typeof api.rules.try.mutate>[0]['exception']>;

/** What the rules will do with an exception when it is opened as it is now. Nothing without rules that apply. */
export function RulePreview(props: { exception: Accessor<Tried> }) {
  const trial = createLiveRequest(props.exception, (exception) => api.rules.try.mutate({ exception }));
  const found = () =>
    (trial.response()?.rules ?? []).filter(({ sets, problem }) => sets.length > 0 || problem !== null);
  return (
    <section aria-label={t('What the rules will do')} aria-live="polite">
      <Show when={found().length > 0}>
        <div class="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2">
          <p class="font-medium text-sm">{t('When it is created, these rules apply')}</p>
          <ul class="text-sm">
            <For each={found()}>
              {(rule) => (
                <li class="break-words">
                  <span class="text-muted">{rule.name}:</span> {rule.sets.map(settingWords).join(' · ')}
                  <Show when={rule.problem}>
                    {(problem) => <span class="text-failed"> {said(problem())}</span>}
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </section>
  );
}
