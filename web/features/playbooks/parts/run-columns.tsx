import { Link } from '@tanstack/solid-router';
import { type Accessor, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import type { RunSummary } from '../../../../shared/playbooks/run-schemas.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { whoWords } from '../../../shell/role-words.ts';
import { t } from '../../../words/words.ts';
import { RunStatusMark } from './run-status.tsx';

/** Columns for runs. */
export const runColumns = (tenant: Accessor<string>): readonly Column<RunSummary>[] => [
  {
    id: 'status',
    header: t('Status'),
    main: true,
    width: '132px',
    cell: (run) => <RunStatusMark run={run()} />,
  },
  {
    id: 'exception',
    header: t('Exception'),
    cell: (run) => (
      <Show when={run().exception} fallback={<span class="text-faint">{t('None')}</span>}>
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
  textColumn({ id: 'waiting', header: t('Waiting on'), needs: 'medium', width: '168px' }, (run) =>
    run.waitingOn ? whoWords(run.waitingOn) : '–',
  ),
  textColumn(
    { id: 'progress', header: t('Steps'), needs: 'medium', align: 'right', width: '72px' },
    ({ progress }) => `${progress.done}/${progress.total}`,
  ),
  textColumn(
    { id: 'version', header: t('Version'), needs: 'medium', align: 'right', width: '76px' },
    (run) => `v${run.playbookVersion}`,
  ),
  textColumn(
    { id: 'by', header: t('Started by'), needs: 'full', width: '152px' },
    (run) => run.startedBy.name,
  ),
  timeColumn({ id: 'started', header: t('Started'), width: '112px' }, (run) => run.createdAt),
];
