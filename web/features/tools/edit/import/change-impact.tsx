import { Match, Show, Switch } from 'solid-js';
import { toApiError } from '../../../../api/api-error.ts';
import { BrokenUses } from '../blast-radius.tsx';
import { brokenBy, type ImpactQuery, type OperationImpact } from './impact-query.ts';

/** Who uses the tool of a changed operation, and what the change breaks. It is advice: the person may still apply it. */
export function ChangeImpact(props: { impact: ImpactQuery; operationKey: string }) {
  return (
    <Switch>
      <Match when={props.impact.isError}>
        <p class="text-unknown" role="status">
          Who uses it could not be checked: {toApiError(props.impact.error).message}
        </p>
      </Match>
      <Match when={props.impact.isPending}>
        <p class="text-muted">Checking who uses it …</p>
      </Match>
      <Match when={props.impact.data?.get(props.operationKey)}>
        {(found) => (
          <>
            <p>{usesWords(found())}</p>
            <Show when={found().problem}>
              {(problem) => <p class="text-failed">It cannot be applied: {problem()}.</p>}
            </Show>
            <Show when={brokenBy(found()).length > 0}>
              <section aria-label={`What the change of ${found().name} breaks`} class="pt-1">
                <p class="font-medium text-failed">Applying it breaks:</p>
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
  if (playbooks.length + waitingSteps.length === 0) return 'No playbook uses it.';
  const names = playbooks.slice(0, 3).map(({ title, version }) => `${title} (v${version})`);
  if (playbooks.length > 3) names.push(`${playbooks.length - 3} more playbooks`);
  const waiting = waitingSteps.length;
  if (waiting > 0) names.push(waiting === 1 ? '1 waiting step' : `${waiting} waiting steps`);
  return `Used by ${new Intl.ListFormat('en').format(names)}.`;
}
