import { For, Show } from 'solid-js';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { outcomeWords, type RuleTrial, settingWords } from './rule-words.ts';

const kinds: Record<RuleTrial['rules'][number]['outcome'], StatusKind> = {
  applies: 'succeeded',
  does_not_apply: 'skipped',
  disabled: 'skipped',
  not_asked: 'pending',
  failed: 'failed',
};

/** What every rule says about an exception, in their order. */
export const RuleFindings = (props: { trial: RuleTrial }) => (
  <ol aria-label={t('What each rule says')}>
    <For each={props.trial.rules}>
      {(finding) => (
        <li class="flex flex-wrap gap-x-3 border-t py-1.5">
          <span class="w-32 shrink-0">
            <Status kind={kinds[finding.outcome]} word={outcomeWords[finding.outcome]} />
          </span>
          <div class="min-w-40 flex-1">
            <p class="break-words font-medium">{finding.name || t('This rule')}</p>
            <Show when={finding.sets.length > 0}>
              <p class="text-muted">{finding.sets.map(settingWords).join(' · ')}</p>
            </Show>
            <Show when={finding.outcome === 'applies' && finding.sets.length === 0 && !finding.problem}>
              <p class="text-muted">{t('It has nothing left to set.')}</p>
            </Show>
            <Show when={finding.reason}>
              <p class="text-muted">{said(finding.reason)}</p>
            </Show>
            <Show when={finding.problem}>
              <p class="break-words text-failed">{said(finding.problem)}</p>
            </Show>
          </div>
        </li>
      )}
    </For>
  </ol>
);
