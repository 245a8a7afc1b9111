import { Match, Show, Switch } from 'solid-js';
import { toApiError } from '../../../../api/api-error.ts';
import { formatList } from '../../../../kit/format.ts';
import { said } from '../../../../words/said.ts';
import { counted, rich, t } from '../../../../words/words.ts';
import { BrokenUses } from '../blast-radius.tsx';
import { brokenBy, type ImpactQuery, type OperationImpact } from './impact-query.ts';

/** Who uses the tool of a changed operation, and what the change breaks. It is advice: the person may still apply it. */
export function ChangeImpact(props: { impact: ImpactQuery; operationKey: string }) {
  return (
    <Switch>
      <Match when={props.impact.isError}>
        <p class="text-unknown" role="status">
          {rich`Who uses it could not be checked: ${() => toApiError(props.impact.error).message}`}
        </p>
      </Match>
      <Match when={props.impact.isPending}>
        <p class="text-muted">{t('Checking who uses it …')}</p>
      </Match>
      <Match when={props.impact.data?.get(props.operationKey)}>
        {(found) => (
          <>
            <p>{usesWords(found())}</p>
            <Show when={found().problem}>
              {(problem) => (
                <p class="text-failed">{rich`It cannot be applied: ${() => said(problem())}.`}</p>
              )}
            </Show>
            <Show when={brokenBy(found()).length > 0}>
              <section aria-label={t`What the change of ${found().name} breaks`} class="pt-1">
                <p class="font-medium text-failed">{t('Applying it breaks:')}</p>
                <BrokenUses rows={brokenBy(found())} />
              </section>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  );
}

function usesWords({ uses: { playbooks, waitingSteps } }: OperationImpact): string {
  if (playbooks.length + waitingSteps.length === 0) return t('No playbook uses it.');
  const names = playbooks.slice(0, 3).map(({ title, version }) => `${title} (v${version})`);
  if (playbooks.length > 3) names.push(t`${playbooks.length - 3} more playbooks`);
  const waiting = waitingSteps.length;
  if (waiting > 0) names.push(counted(waiting, '1 waiting step|{0} waiting steps'));
  return t`Used by ${formatList(names)}.`;
}
