import { useQueryClient } from '@tanstack/solid-query';
import { useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, lazy } from 'solid-js';
import { approvalStatuses } from '../../../../shared/executions/approval-statuses.ts';
import { callDoorFilters } from '../../../../shared/executions/call-doors.ts';
import { callerKinds } from '../../../../shared/executions/caller-kinds.ts';
import { executionStatuses, failureCodes } from '../../../../shared/executions/failure-codes.ts';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import type { Bulk } from '../../../kit/bulk/bulk-action.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { instant, TimeFilter } from '../../../kit/filter-bar/time-filter.tsx';
import { shortId } from '../../../kit/format.ts';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage } from '../../../kit/list-page/list-page.tsx';
import { Status, statusWord } from '../../../kit/status.tsx';
import { CsvButton } from '../../../shell/csv-button.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { approvalStatusWords } from '../parts/approval-words.ts';
import { executionColumns } from '../parts/execution-columns.tsx';
import { callDoorWords, failureWords } from '../parts/execution-words.ts';

const DecideMany = lazy(() => import('../parts/decide-many.tsx'));

type ExecutionRow = Outputs['executions']['list']['items'][number];

const from = '/t/$tenant/executions';
const callerWords: Record<(typeof callerKinds)[number], string> = {
  people: t('People'),
  api_key: t('API keys'),
  playbook: t('Playbooks'),
  system: t('Interlock'),
};

/** Every execution of the tenant, newest first. */
export default function ExecutionsPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const wanted = () => ({
    ...filters.values(),
    from: instant(filters.values().from),
    to: instant(filters.values().to),
  });
  const list = createPaged(queries.executions.list, wanted);
  useTitle(() => t('Executions'));
  // The page does not wait for the names in a menu.
  const tools = useQuery(() => queries.tools.list({ limit: 200, scope: 'all' }));
  const toolOptions = createMemo(() =>
    (tools.isSuccess ? tools.data.items : []).map((tool) => ({ value: tool.id, label: tool.title })),
  );
  const actorOptions = createMemo(() => {
    const names = new Map((list.rows() ?? []).map(({ actor }) => [actor.id, actor.name]));
    return [...names].map(([value, label]) => ({ value, label }));
  });

  const client = useQueryClient();
  const can = useCan();
  /** Of those that wait for an approval. */
  const bulk = (): Bulk<ExecutionRow> | undefined =>
    filters.values().approval === 'waiting' && can('executions.decide')
      ? {
          name: ({ toolTitle, id }) => `${toolTitle} ${shortId(id)}`,
          actions: [
            {
              id: 'decide',
              label: t('Approve or reject'),
              keys: 'shift+d',
              sheet: ({ rows, onEnd, onClose }) => (
                <DecideMany
                  ids={rows.map(({ id }) => id)}
                  onChanged={(_, rest) => {
                    onEnd(rows.filter(({ id }) => rest.includes(id)));
                    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'executions') });
                    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inbox') });
                  }}
                  onClose={onClose}
                />
              ),
            },
          ],
        }
      : undefined;

  return (
    <ListPage
      name="executions"
      title={t('Executions')}
      ownCsv
      list={list}
      filters={filters}
      chips={
        <>
          <Filter
            filters={filters}
            name="status"
            label={t('Status')}
            options={executionStatuses.map((value) => ({ value, label: <Status kind={value} /> }))}
            show={statusWord}
          />
          <Filter
            filters={filters}
            name="failureCode"
            label={t('Failure')}
            options={failureCodes.map((value) => ({ value, label: failureWords[value] }))}
          />
          <Filter
            filters={filters}
            name="approval"
            label={t('Approval')}
            options={approvalStatuses.map((value) => ({ value, label: approvalStatusWords[value] }))}
          />
          <Filter filters={filters} name="toolId" label={t('Tool')} options={toolOptions()} show={shortId} />
          <Filter filters={filters} name="actor" label={t('Started by')} options={actorOptions()} />
          <Filter filters={filters} name="toolVersion" label={t('Tool version')} />
          <Filter filters={filters} name="connectorId" label={t('Connector')} show={shortId} />
          <Filter
            filters={filters}
            name="caller"
            label={t('Called by')}
            options={callerKinds.map((value) => ({ value, label: callerWords[value] }))}
          />
          <Filter
            filters={filters}
            name="door"
            label={t('Came through')}
            options={callDoorFilters.map((value) => ({ value, label: callDoorWords[value] }))}
          />
          <Filter filters={filters} name="playbookId" label={t('Playbook')} show={shortId} />
          <TimeFilter range={filters.values()} onChange={filters.set} />
          <Filter filters={filters} name="exceptionId" label={t('Exception')} show={shortId} />
        </>
      }
      aside={<CsvButton path="/api/tools/executions.csv" filters={wanted()} />}
      columns={executionColumns}
      bulk={bulk()}
      rowId={(execution) => execution.id}
      rowLink={(execution) => ({
        to: '/t/$tenant/executions/$executionId',
        params: { tenant: params().tenant, executionId: execution.id },
      })}
      empty={{
        text: t(
          'Every execution of a tool is recorded here, with its request, its response and each attempt.',
        ),
        action: (
          <ButtonLink to="/t/$tenant/tools" params={{ tenant: params().tenant }}>
            {t('Choose a tool')}
          </ButtonLink>
        ),
      }}
    />
  );
}
