import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { tenantSlug } from '../../../../api/tenant.ts';
import { shortId } from '../../../../kit/format.ts';
import { JsonTree } from '../../../../kit/json-tree/json-tree.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status } from '../../../../kit/status.tsx';
import { whoWords } from '../../../../shell/role-words.ts';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { ExecutionWaiting } from '../../../executions/parts/waiting-note.tsx';
import { whoInSentence } from '../playbook-words.ts';
import type { StepView } from './step-view.ts';

/** Underlined: inside a text, colour alone does not mark a link. */
const linkClass = 'text-accent underline underline-offset-2 hover:text-accent-hover';

/** Outcomes that add nothing to "Completed". */
const plainOutcomes = ['run', 'done', 'completed'];

/** The result of a step, or its state until it has one. */
export function StepResult(props: { step: StepView }) {
  return (
    <div class="flex flex-col gap-2">
      <Show when={props.step.status === 'pending'}>
        <p class="text-muted">{t('This step opens when the earlier steps are done.')}</p>
      </Show>
      <Show when={props.step.callApproval}>
        {(call) => (
          <p class="rounded-md border bg-sunken px-3 py-2" role="status">
            <Status kind="waiting" word={t('Its call waits for approval')} />
            <span class="block">
              {rich`${() => said(call().reason)} ${() => call().approved} of ${() => call().required} approved, ${() => whoInSentence(whoWords(call().waitingOn))} may decide.`}
            </span>
          </p>
        )}
      </Show>
      <Show when={props.step.status === 'running' && props.step.executionIds.at(-1)}>
        {(executionId) => <ExecutionWaiting executionId={executionId()} />}
      </Show>
      <Show when={props.step.completedAt}>
        {(at) => (
          <p>
            <span class="capitalize">{props.step.status}</span>
            <Show when={props.step.completedBy && props.step.completedBy.type !== 'system'}>
              {' '}
              {rich`by ${<span class="font-medium">{props.step.completedBy?.name}</span>}`}
            </Show>
            , <RelativeTime at={at()} />
            <Show when={props.step.outcome && !plainOutcomes.includes(props.step.outcome)}>
              {': '}
              {props.step.outcome?.replaceAll('_', ' ')}
            </Show>
          </p>
        )}
      </Show>
      <Show when={props.step.reason}>
        {(reason) => <p class="border-line-strong border-l-2 pl-3 text-muted">{said(reason())}</p>}
      </Show>
      <Show when={props.step.failure}>
        {(failure) => <p class="text-failed">{said(failure().message)}</p>}
      </Show>
      <Show when={props.step.output !== null && props.step.output !== undefined}>
        <JsonTree value={props.step.output} label={t('Output')} maxHeight="260px" />
      </Show>
      <Show when={props.step.executionIds.length > 0 || props.step.childRunId}>
        <p class="flex flex-wrap gap-x-3 text-sm">
          <ExecutionLinks ids={props.step.executionIds} />
          <Show when={props.step.childRunId}>
            {(runId) => (
              <Link
                to="/t/$tenant/playbook-runs/$runId"
                params={{ tenant: tenantSlug(), runId: runId() }}
                search={{}}
                class={linkClass}
              >
                {t('Open run')}
              </Link>
            )}
          </Show>
        </p>
      </Show>
    </div>
  );
}

export function ExecutionLinks(props: { ids: readonly string[] }) {
  return (
    <For each={props.ids}>
      {(executionId) => (
        <Link
          to="/t/$tenant/executions/$executionId"
          params={{ tenant: tenantSlug(), executionId }}
          class={linkClass}
        >
          <span class="whitespace-nowrap">{t`Execution ${shortId(executionId)}`}</span>
        </Link>
      )}
    </For>
  );
}
