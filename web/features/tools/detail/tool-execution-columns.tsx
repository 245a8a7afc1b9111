import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { executionKind } from '../../executions/parts/execution-kind.ts';

type Row = Outputs['executions']['list']['items'][number];

/** Columns for the executions of one tool. */
export const toolExecutionColumns: readonly Column<Row>[] = [
  {
    id: 'status',
    header: 'Status',
    main: true,
    width: '176px',
    cell: (run) => <Status kind={executionKind(run())} />,
  },
  {
    id: 'cause',
    header: 'Cause',
    cell: (run) => <span class="text-muted">{run().failure?.message}</span>,
  },
  {
    id: 'version',
    needs: 'medium',
    header: 'Version',
    width: '72px',
    cell: (run) => <span class="text-muted">v{run().toolVersion}</span>,
  },
  {
    id: 'actor',
    needs: 'medium',
    header: 'Started by',
    width: '132px',
    cell: (run) => <span class="text-muted">{run().actor.name}</span>,
  },
  {
    id: 'attempts',
    needs: 'medium',
    header: 'Attempts',
    align: 'right',
    width: '80px',
    cell: (run) => <>{run().attempts}</>,
  },
  {
    id: 'duration',
    header: 'Duration',
    align: 'right',
    width: '92px',
    cell: (run) => (
      <Show when={run().durationMs !== null} fallback={<span class="text-faint">–</span>}>
        {formatDuration(run().durationMs ?? 0)}
      </Show>
    ),
  },
  {
    id: 'created',
    header: 'When',
    align: 'right',
    width: '104px',
    cell: (run) => (
      <span class="text-muted">
        <RelativeTime at={run().createdAt} />
      </span>
    ),
  },
];
