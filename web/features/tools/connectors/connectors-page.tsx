import { useParams, useSearch } from '@tanstack/solid-router';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage, type NewRow } from '../../../kit/list-page/list-page.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { authWords } from '../parts/auth/auth-words.ts';
import { connectorAddress, connectorTitle } from '../parts/connector-words.ts';

const from = '/t/$tenant/connectors';

type ConnectorRow = Outputs['connectors']['list']['items'][number];

const columns: readonly Column<ConnectorRow>[] = [
  {
    id: 'name',
    header: t('Connector'),
    main: true,
    cell: (connector) => (
      <>
        <span class="font-medium">{connectorTitle(connector())}</span>
        <span class="ml-2 font-mono text-faint text-sm">{connector().name}</span>
      </>
    ),
  },
  textColumn({ id: 'url', header: t('Address'), needs: 'medium' }, connectorAddress),
  textColumn({ id: 'auth', header: t('Auth'), needs: 'wide', width: '220px' }, ({ auth }) => authWords(auth)),
  textColumn({ id: 'scope', header: t('Scope'), needs: 'medium', width: '116px' }, ({ scope }) =>
    scope === 'global' ? t('Global') : t('Organization'),
  ),
  textColumn(
    { id: 'tools', header: t('Tools'), needs: 'medium', align: 'right', width: '72px' },
    ({ tools }) => String(tools.length),
  ),
  textColumn(
    { id: 'revision', header: t('Version'), align: 'right', width: '80px' },
    ({ revision }) => `v${revision}`,
  ),
  timeColumn({ id: 'updated', header: t('Changed'), width: '112px' }, ({ updatedAt }) => updatedAt),
];

/** What the tools of the tenant share. */
export default function ConnectorsPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const can = useCan();
  const list = createPaged(queries.connectors.list, filters.values);
  useTitle(() => t('Connectors'));
  const newConnector: NewRow = {
    label: t('New connector'),
    link: { to: '/t/$tenant/connectors/new', params: params() },
  };
  return (
    <ListPage
      name="connectors"
      title={t('Connectors')}
      archived="connector"
      list={list}
      filters={filters}
      chips={null}
      newRow={can('connectors.write') ? newConnector : undefined}
      columns={columns}
      rowId={(connector) => connector.id}
      rowLink={(connector) => ({
        to: '/t/$tenant/connectors/$connectorId',
        params: { tenant: params().tenant, connectorId: connector.id },
        search: {},
      })}
      empty={{
        text: t(
          'A connector holds what tools that call the same system share: its address, headers, auth and limits. Installing a template makes one too.',
        ),
      }}
    />
  );
}
