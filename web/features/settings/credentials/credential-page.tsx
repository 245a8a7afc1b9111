import { Link, useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { CredentialDetail } from './credential-detail.tsx';

/** One credential. */
export default function CredentialPage() {
  const params = useParams({ from: '/t/$tenant/settings/credentials/$credentialId' });
  const query = useQuery(() => queries.credentials.get({ id: params().credentialId }));
  const back = () => (
    <Link
      to="/t/$tenant/settings/$section"
      params={{ tenant: params().tenant, section: 'credentials' }}
      class="hover:text-text"
    >
      {t('Credentials')}
    </Link>
  );
  return (
    <QueryView
      query={query}
      what={t('The credential could not be loaded')}
      header={<PageHeader title={t('Credential')} back={back()} />}
    >
      {(credential) => <CredentialDetail credential={credential()} back={back()} />}
    </QueryView>
  );
}
