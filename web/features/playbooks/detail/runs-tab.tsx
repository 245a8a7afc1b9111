import { Link, useParams, useSearch } from '@tanstack/solid-router';
import { type JSX, Show } from 'solid-js';
import type { StepState } from '../../../../shared/playbooks/run-schemas.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { instant } from '../../../kit/filter-bar/time-filter.tsx';
import { formatExactTime } from '../../../kit/format.ts';
import { PagedTable } from '../../../kit/list-page/paged-table.tsx';
import { t } from '../../../words/words.ts';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';
import { runColumns } from '../parts/run-columns.tsx';
import type { RunSearch } from './run-search.ts';

/** All runs of this playbook, of all its versions. */
export function RunsTab(props: { playbook: Playbook; start?: JSX.Element }) {
  const params = useParams({ from: '/t/$tenant/playbooks/$playbookId' });
  const search = useSearch({ from: '/t/$tenant/playbooks/$playbookId' });
  const filter = () => {
    const { status, runVersion, step, state, since, until } = search();
    return {
      status,
      version: runVersion,
      stepId: step,
      stepState: state,
      from: instant(since),
      to: instant(until),
    };
  };
  const runs = createPaged(queries.runs.list, () => ({ playbookId: props.playbook.id, ...filter() }));
  const filtered = () => Object.values(filter()).some((value) => value !== undefined);
  return (
    <>
      <Show when={filtered()}>
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1 px-6 max-sm:px-4 py-2">
          <span class="text-muted">{filterWords(search())}</span>
          <Link
            to="/t/$tenant/playbooks/$playbookId"
            params={params()}
            search={{ tab: 'runs' as const }}
            replace
            class="text-accent underline underline-offset-2"
          >
            {t('Show all runs')}
          </Link>
        </div>
      </Show>
      <PagedTable
        label={t`Runs of ${playbookTitle(props.playbook)}`}
        plural={t('runs')}
        list={runs}
        columns={runColumns(() => params().tenant)}
        rowId={(run) => run.id}
        rowLink={(run) => ({
          to: '/t/$tenant/playbook-runs/$runId',
          params: { tenant: params().tenant, runId: run.id },
        })}
        empty={
          <Show
            when={filtered()}
            fallback={
              <EmptyState title={t('No runs yet.')} action={props.start}>
                {t('Runs appear here as soon as they start.')}
              </EmptyState>
            }
          >
            <EmptyState title={t('No runs match.')}>{t('There are others: show all runs.')}</EmptyState>
          </Show>
        }
      />
    </>
  );
}

/** "Runs with the step check, dropped, since …" */
function filterWords({ status, runVersion, step, state, since, until }: RunSearch): string {
  const parts = [
    status && t`that are ${status === 'open' ? t('not ended') : status}`,
    runVersion && t`of v${runVersion}`,
    step && t`in which the step ${step} ${state ? stateWords[state] : t('opened')}`,
    since && t`from ${formatExactTime(since)}`,
    until && t`to ${formatExactTime(until)}`,
  ];
  return [t('Runs'), ...parts.filter(Boolean)].join(' ');
}

const stateWords: Record<StepState, string> = {
  open: t('waits or runs'),
  completed: t('was completed'),
  skipped: t('was skipped'),
  failed: t('failed'),
  outcome_unknown: t('has an unknown outcome'),
  dropped: t('was the last'),
};
