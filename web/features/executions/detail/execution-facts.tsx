import { Link } from '@tanstack/solid-router';
import { ExternalLink } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { formatDuration, formatExactTime, shortId } from '../../../kit/format.ts';
import { IdChip } from '../../../kit/id-chip.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Duration } from '../parts/execution-columns.tsx';
import type { Execution } from '../parts/execution-words.ts';
import { ExceptionLink } from './exception-link.tsx';

const actorKinds = { user: '', api_key: 'API key', system: 'system' } as const;

/** The facts beside an execution's story. */
export function ExecutionFacts(props: { execution: Execution; tenant: string }) {
  const run = () => props.execution;
  const queued = () =>
    run().startedAt ? Date.parse(run().startedAt ?? '') - Date.parse(run().createdAt) : null;
  return (
    <Facts label="Execution">
      <Fact label="Id">
        <IdChip id={run().id} label="Copy execution id" />
      </Fact>
      <Fact label="Tool">
        <Link
          to="/t/$tenant/tools/$toolId"
          params={{ tenant: props.tenant, toolId: run().toolId }}
          search={{}}
          class="text-accent hover:text-accent-hover"
        >
          {run().toolName}
        </Link>{' '}
        <span class="text-muted">v{run().toolVersion}</span>
      </Fact>
      <Fact label="Started by">
        {run().actor.name} <span class="text-faint">{actorKinds[run().actor.type]}</span>
      </Fact>
      <Fact label="Exception">
        <Show when={run().exceptionId} fallback={<span class="text-faint">None</span>}>
          {(id) => <ExceptionLink id={id()} tenant={props.tenant} />}
        </Show>
      </Fact>
      <Fact label="Requested">
        <span title={formatExactTime(run().createdAt)}>
          <RelativeTime at={run().createdAt} />
        </span>
        <Show when={(queued() ?? 0) >= 1000}>
          <span class="block text-faint text-sm">waited {formatDuration(queued() ?? 0)} to start</span>
        </Show>
      </Fact>
      <Fact label="Started">
        <RelativeTime at={run().startedAt} />
      </Fact>
      <Fact label="Completed">
        <RelativeTime at={run().completedAt} />
      </Fact>
      <Fact label="Duration">
        <Duration run={run()} />
      </Fact>
      <Show when={run().rerunOf}>
        {(id) => (
          <Fact label="Runs again">
            <ExecutionLink id={id()} tenant={props.tenant} />
          </Fact>
        )}
      </Show>
      <Show when={run().reruns.length > 0}>
        <Fact label="Run again as">
          <ul>
            <For each={run().reruns}>
              {(id) => (
                <li>
                  <ExecutionLink id={id} tenant={props.tenant} />
                </li>
              )}
            </For>
          </ul>
        </Fact>
      </Show>
      <Fact label="Workflow">
        <Show when={run().temporalUrl} fallback={<IdChip id={run().workflowId} label="Copy workflow id" />}>
          {(url) => (
            <a
              href={url()}
              target="_blank"
              rel="noreferrer"
              class="inline-flex items-center gap-1 text-accent hover:text-accent-hover"
            >
              Open in Temporal
              <ExternalLink size={12} aria-hidden="true" />
            </a>
          )}
        </Show>
      </Fact>
    </Facts>
  );
}

const ExecutionLink = (props: { id: string; tenant: string }) => (
  <Link
    to="/t/$tenant/executions/$executionId"
    params={{ tenant: props.tenant, executionId: props.id }}
    title={props.id}
    class="font-mono text-accent text-sm hover:text-accent-hover"
  >
    {shortId(props.id)}
  </Link>
);
