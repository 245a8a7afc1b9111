import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { RelativeTime, useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { executionKind } from './execution-kind.ts';
import { failureWords, formatSince, isOpen } from './execution-words.ts';

export type ExecutionRow = Outputs['executions']['list']['items'][number];

export const executionColumns: readonly Column<ExecutionRow>[] = [
  {
    id: 'status',
    header: 'Status',
    main: true,
    width: '168px',
    cell: (execution) => <Status kind={executionKind(execution())} word={statusWords(execution())} />,
  },
  {
    id: 'tool',
    header: 'Tool',
    width: '26%',
    cell: (execution) => (
      <span title={execution().toolName}>
        {execution().toolTitle} <span class="text-faint">v{execution().toolVersion}</span>
      </span>
    ),
  },
  {
    id: 'cause',
    header: 'Cause',
    needs: 'wide',
    cell: (execution) => (
      <span class="text-muted" title={execution().failure?.message}>
        {execution().failure?.message}
      </span>
    ),
  },
  {
    id: 'actor',
    header: 'Started by',
    needs: 'medium',
    width: '128px',
    cell: (execution) => <span class="text-muted">{execution().actor.name}</span>,
  },
  {
    id: 'attempts',
    header: 'Attempts',
    needs: 'wide',
    align: 'right',
    width: '76px',
    cell: (execution) => (
      <span classList={{ 'text-faint': execution().attempts <= 1 }}>
        {execution().attempts}
        <Show when={isOpen(execution()) && execution().maxAttempts > 1}>
          <span class="text-faint"> of {execution().maxAttempts}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'duration',
    header: 'Duration',
    needs: 'medium',
    align: 'right',
    width: '92px',
    cell: (execution) => <Duration run={execution()} />,
  },
  {
    id: 'created',
    header: 'Requested',
    align: 'right',
    width: '104px',
    cell: (execution) => (
      <span class="text-muted">
        <RelativeTime at={execution().createdAt} />
      </span>
    ),
  },
];

/** The kind of failure in place of "Failed", where it has a short name. */
function statusWords(execution: ExecutionRow): string | undefined {
  const code = execution.failure?.code;
  return code && code !== 'provider_error' && code !== 'internal' ? failureWords[code] : undefined;
}

/** How long the execution took, or has been running so far. */
export function Duration(props: { run: Pick<ExecutionRow, 'status' | 'durationMs' | 'startedAt'> }) {
  const now = useNow();
  const words = () => {
    if (props.run.durationMs !== null) return formatDuration(props.run.durationMs);
    if (!isOpen(props.run) || !props.run.startedAt) return undefined;
    return formatSince(now() - Date.parse(props.run.startedAt));
  };
  return (
    <Show when={words()} fallback={<span class="text-faint">–</span>}>
      <span classList={{ 'text-running': isOpen(props.run) }}>{words()}</span>
    </Show>
  );
}
