import { Link } from '@tanstack/solid-router';
import { ExternalLink } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { formatDuration, formatExactTime, shortId } from '../../../kit/format.ts';
import { IdChip } from '../../../kit/id-chip.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { Decision } from '../../policies/parts/effect.tsx';
import { Duration } from '../parts/execution-columns.tsx';
import type { Execution } from '../parts/execution-words.ts';
import { ExceptionLink } from './exception-link.tsx';

const undoWord = {
  requested: t('not begun'),
  running: t('in progress'),
  succeeded: '',
  failed: t('failed'),
} as const;
const actorKinds = { user: '', api_key: t('API key'), system: 'system' } as const;

/** The facts beside an execution. */
export function ExecutionFacts(props: { execution: Execution; tenant: string }) {
  const execution = () => props.execution;
  const queued = () =>
    execution().startedAt
      ? Date.parse(execution().startedAt ?? '') - Date.parse(execution().createdAt)
      : null;
  return (
    <Facts label={t('Execution')}>
      <Fact label={t('ID')}>
        <IdChip id={execution().id} label={t('Copy execution ID')} />
      </Fact>
      <Fact label={t('Tool')}>
        <Link
          to="/t/$tenant/tools/$toolId"
          params={{ tenant: props.tenant, toolId: execution().toolId }}
          search={{}}
          class="text-accent hover:text-accent-hover"
        >
          {execution().toolName}
        </Link>{' '}
        <span class="text-muted">v{execution().toolVersion}</span>
      </Fact>
      <Show when={execution().connector}>
        {(connector) => (
          <Fact label={t('Connector')}>
            <Link
              to="/t/$tenant/connectors/$connectorId"
              params={{ tenant: props.tenant, connectorId: connector().id }}
              search={{ tab: 'versions', to: connector().revision }}
              class="text-accent hover:text-accent-hover"
            >
              {connector().name}
            </Link>{' '}
            <span class="text-muted">v{connector().revision}</span>
          </Fact>
        )}
      </Show>
      <Fact label={t('Started by')}>
        {execution().actor.name} <span class="text-faint">{actorKinds[execution().actor.type]}</span>
      </Fact>
      <Fact label={t('Policy')}>
        <Show when={execution().policy} fallback={<span class="text-faint">{t('None concerned it')}</span>}>
          {(decision) => <Decision decision={decision()} />}
        </Show>
      </Fact>
      <Fact label={t('Exception')}>
        <Show when={execution().exceptionId} fallback={<span class="text-faint">{t('None')}</span>}>
          {(id) => <ExceptionLink id={id()} tenant={props.tenant} />}
        </Show>
      </Fact>
      <Fact label={t('Requested')}>
        <span title={formatExactTime(execution().createdAt)}>
          <RelativeTime at={execution().createdAt} />
        </span>
        <Show when={(queued() ?? 0) >= 1000}>
          <span class="block text-faint text-sm">{t`waited ${formatDuration(queued() ?? 0)} to start`}</span>
        </Show>
      </Fact>
      <Fact label={t('Started')}>
        <RelativeTime at={execution().startedAt} />
      </Fact>
      <Fact label={t('Completed')}>
        <RelativeTime at={execution().completedAt} />
      </Fact>
      <Fact label={t('Duration')}>
        <Duration execution={execution()} />
      </Fact>
      <Show when={execution().rerunOf}>
        {(id) => (
          <Fact label={t('Rerun of')}>
            <ExecutionLink id={id()} tenant={props.tenant} />
          </Fact>
        )}
      </Show>
      <Show when={execution().reruns.length > 0}>
        <Fact label={t('Reruns')}>
          <ul>
            <For each={execution().reruns}>
              {(id) => (
                <li>
                  <ExecutionLink id={id} tenant={props.tenant} />
                </li>
              )}
            </For>
          </ul>
        </Fact>
      </Show>
      <Show when={execution().undoOf}>
        {(id) => (
          <Fact label={t('Undoes')}>
            <ExecutionLink id={id()} tenant={props.tenant} />
          </Fact>
        )}
      </Show>
      <Show when={execution().undoneBy}>
        {(undo) => (
          <Fact label={t('Undone by')}>
            <ExecutionLink id={undo().id} tenant={props.tenant} />{' '}
            <Show when={undo().status !== 'succeeded'}>
              <span class="text-faint text-sm">{undoWord[undo().status]}</span>
            </Show>
          </Fact>
        )}
      </Show>
      <Show when={!execution().undoneBy && execution().undo}>
        {(undo) => <Fact label={t('Undo')}>{said(undo().possible ? undo().words : undo().reason)}</Fact>}
      </Show>
      <Fact label={t('Workflow')}>
        <Show
          when={execution().temporalUrl}
          fallback={<IdChip id={execution().workflowId} label={t('Copy workflow ID')} />}
        >
          {(url) => (
            <a
              href={url()}
              target="_blank"
              rel="noreferrer"
              class="inline-flex items-center gap-1 text-accent hover:text-accent-hover"
            >
              {t('Open in Temporal')}
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
