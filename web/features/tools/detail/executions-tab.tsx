import { Link, useParams } from '@tanstack/solid-router';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PagedTable } from '../../../kit/list-page/paged-table.tsx';
import { t } from '../../../words/words.ts';
import type { Tool } from '../parts/tool-words.ts';
import { toolExecutionColumns } from './tool-execution-columns.tsx';

/** All executions of this tool, of all its versions. */
export function ExecutionsTab(props: { tool: Tool }) {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const executions = createPaged(queries.executions.list, () => ({ toolId: props.tool.id }));
  return (
    <>
      <div class="flex items-center justify-between px-6 max-sm:px-4 py-2 text-sm">
        <span class="text-muted">{t('All versions')}</span>
        <Link
          to="/t/$tenant/executions"
          params={{ tenant: params().tenant }}
          search={{ toolId: props.tool.id }}
          class="text-accent hover:text-accent-hover"
        >
          {t('Open in Executions')}
        </Link>
      </div>
      <PagedTable
        label={t`Executions of ${props.tool.name}`}
        plural={t('executions')}
        list={executions}
        columns={toolExecutionColumns}
        rowId={(execution) => execution.id}
        rowLink={(execution) => ({
          to: '/t/$tenant/executions/$executionId',
          params: { tenant: params().tenant, executionId: execution.id },
        })}
        empty={
          <EmptyState title={t('No executions yet.')}>
            {t('Executions appear here as soon as they start.')}
          </EmptyState>
        }
      />
    </>
  );
}
