import { useParams } from '@tanstack/solid-router';
import type { JSX } from 'solid-js';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PagedTable } from '../../../kit/list-page/paged-table.tsx';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';
import { runColumns } from '../parts/run-columns.tsx';

/** All runs of this playbook, of all its versions. */
export function RunsTab(props: { playbook: Playbook; start?: JSX.Element }) {
  const params = useParams({ from: '/t/$tenant/playbooks/$playbookId' });
  const runs = createPaged(queries.runs.list, () => ({ playbookId: props.playbook.id }));
  return (
    <PagedTable
      label={`Runs of ${playbookTitle(props.playbook)}`}
      plural="runs"
      list={runs}
      columns={runColumns(() => params().tenant)}
      rowId={(run) => run.id}
      rowLink={(run) => ({
        to: '/t/$tenant/playbook-runs/$runId',
        params: { tenant: params().tenant, runId: run.id },
      })}
      empty={
        <EmptyState title="No runs yet." action={props.start}>
          Runs appear here as soon as they start.
        </EmptyState>
      }
    />
  );
}
