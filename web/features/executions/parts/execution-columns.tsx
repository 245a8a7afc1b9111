import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { RelativeTime, useNow } from '../../../kit/relative-time.tsx';
import { executionKind, Status } from '../../../kit/status.tsx';
import { failureWords, formatSince, isOpen } from './execution-words.ts';

export type ExecutionRow = Outputs['executions']['list']['items'][number];

export const executionColumns: readonly Column<ExecutionRow>[] = [
  {
    id: 'status',
    header: 'Status',
    main: true,
    width: '168px',
    cell: (run) => <Status kind={executionKind(run())} word={statusWords(run())} />,
  },
  {
    id: 'tool',
    header: 'Tool',
    width: '26%',
    cell: (run) => (
      <span title={run().toolName}>
        {run().toolTitle} <span class="text-faint">v{run().toolVersion}</span>
      </span>
    ),
  },
  {
    id: 'cause',
    header: 'Cause',
    needs: 'wide',
    cell: (run) => (
      <span class="text-muted" title={run().failure?.message}>
        {run().failure?.message}
      </span>
    ),
  },
  {
    id: 'actor',
    header: 'Started by',
    needs: 'medium',
    width: '128px',
    cell: (run) => <span class="text-muted">{run().actor.name}</span>,
  },
  {
    id: 'attempts',
    header: 'Attempts',
    needs: 'wide',
    align: 'right',
    width: '76px',
    cell: (run) => (
      <span classList={{ 'text-faint': run().attempts <= 1 }}>
        {run().attempts}
        <Show when={isOpen(run()) && run().maxAttempts > 1}>
          <span class="text-faint"> of {run().maxAttempts}</span>
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
    cell: (run) => <Duration run={run()} />,
  },
  {
    id: 'created',
    header: 'Started',
    align: 'right',
    width: '104px',
    cell: (run) => (
      <span class="text-muted">
        <RelativeTime at={run().createdAt} />
      </span>
    ),
  },
];

/** "Failed" says little: the kind of failure stands in its place where it has a short name. */
function statusWords(run: ExecutionRow): string | undefined {
  const code = run.failure?.code;
  return code && code !== 'provider_error' && code !== 'internal' ? failureWords[code] : undefined;
}

/** How long it took; for an open one, how long it has been going on. */
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
