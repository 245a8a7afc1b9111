import { useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { ConnectorsLink } from '../parts/connectors-link.tsx';
import { ConnectorDetail } from './connector-detail.tsx';

/** One connector. */
export default function ConnectorPage() {
  const params = useParams({ from: '/t/$tenant/connectors/$connectorId' });
  const query = useQuery(() => queries.connectors.get({ id: params().connectorId }));
  return (
    <QueryView
      query={query}
      what={t('The connector could not be loaded')}
      header={<PageHeader title={t('Connector')} back={<ConnectorsLink tenant={params().tenant} />} />}
    >
      {(connector) => <ConnectorDetail connector={connector()} />}
    </QueryView>
  );
}
