import { Link } from '@tanstack/solid-router';
import { Pause } from 'lucide-solid';
import { type Accessor, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import type { RunStatus, RunSummary } from '../../../../shared/playbooks/playbook-schemas.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../kit/status.tsx';

const kinds: Record<RunStatus, { kind: StatusKind; word: string }> = {
  running: { kind: 'running', word: 'Running' },
  waiting: { kind: 'waiting', word: 'Waiting' },
  completed: { kind: 'succeeded', word: 'Completed' },
  failed: { kind: 'failed', word: 'Failed' },
  cancelled: { kind: 'cancelled', word: 'Cancelled' },
};

export const runColumns = (tenant: Accessor<string>): readonly Column<RunSummary>[] => [
  {
    id: 'status',
    header: 'Status',
    main: true,
    width: '132px',
    cell: (run) => (
      <Show
        when={run().paused}
        fallback={<Status kind={kinds[run().status].kind} word={kinds[run().status].word} />}
      >
        <span class="inline-flex items-center gap-1.5 align-bottom text-requested">
          <Pause size={14} aria-hidden="true" />
          Paused
        </span>
      </Show>
    ),
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
