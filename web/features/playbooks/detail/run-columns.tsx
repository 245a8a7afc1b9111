import { Link } from '@tanstack/solid-router';
import { type Accessor, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import type { RunSummary } from '../../../../shared/playbooks/run-schemas.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { RunStatusMark } from '../parts/run-status.tsx';

/** Columns for the runs of one playbook. */
export const runColumns = (tenant: Accessor<string>): readonly Column<RunSummary>[] => [
  {
    id: 'status',
    header: 'Status',
    main: true,
    width: '132px',
    cell: (run) => <RunStatusMark run={run()} />,
  },
  {
    id: 'exception',
    header: 'Exception',
    cell: (run) => (
      <Show when={run().exception} fallback={<span class="text-faint">None</span>}>
        {(exception) => (
          <Link
            to="/t/$tenant/exceptions/$exceptionId"
            params={{ tenant: tenant(), exceptionId: exception().id }}
            search={{}}
            class="hover:text-accent"
          >
            <span class="text-muted">{exceptionLabel(exception().number)}</span> {exception().title}
          </Link>
        )}
      </Show>
    ),
  },
  {
    id: 'waiting',
    needs: 'medium',
    header: 'Waiting on',
    width: '168px',
    cell: (run) => <span class="text-muted">{run().waitingOn ?? '–'}</span>,
  },
  {
    id: 'progress',
    needs: 'medium',
    header: 'Steps',
    align: 'right',
    width: '72px',
    cell: (run) => (
      <span class="text-muted">
        {run().progress.done}/{run().progress.total}
      </span>
    ),
  },
  {
    id: 'version',
    needs: 'medium',
    header: 'Version',
    align: 'right',
    width: '76px',
    cell: (run) => <span class="text-muted">v{run().playbookVersion}</span>,
  },
  {
    id: 'by',
    needs: 'wide',
    header: 'Started by',
    width: '152px',
    cell: (run) => <span class="text-muted">{run().startedBy.name}</span>,
  },
  {
    id: 'started',
    header: 'Started',
    align: 'right',
    width: '112px',
    cell: (run) => (
      <span class="text-muted">
        <RelativeTime at={run().createdAt} />
      </span>
    ),
  },
];
