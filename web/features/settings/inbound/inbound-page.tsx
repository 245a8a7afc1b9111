import { Link, useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { InboundDetail } from './inbound-detail.tsx';

/** One endpoint that receives from another system. */
export default function InboundPage() {
  const params = useParams({ from: '/t/$tenant/settings/inbound-webhooks/$webhookId' });
  const query = useQuery(() => ({
    ...queries.inboundWebhooks.get({ id: params().webhookId }),
    // Deliveries and refusals write no event, so the live stream does not announce them.
    refetchInterval: 5_000,
  }));
  const back = () => (
    <Link
      to="/t/$tenant/settings/$section"
      params={{ tenant: params().tenant, section: 'inbound-webhooks' }}
      class="hover:text-text"
    >
      {t('Inbound webhooks')}
    </Link>
  );
  return (
    <QueryView
      query={query}
      what={t('The endpoint could not be loaded')}
      header={<PageHeader title={t('Endpoint')} back={back()} />}
    >
      {(endpoint) => <InboundDetail endpoint={endpoint()} back={back()} />}
    </QueryView>
  );
}
