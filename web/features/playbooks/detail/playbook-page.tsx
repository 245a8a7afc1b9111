import { useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';
import { PlaybookDetail } from './playbook-detail.tsx';

/** One playbook: steps, versions and runs. */
export default function PlaybookPage() {
  const params = useParams({ from: '/t/$tenant/playbooks/$playbookId' });
  const query = useQuery(() => queries.playbooks.get({ id: params().playbookId }));
  return (
    <QueryView
      query={query}
      what={t('The playbook could not be loaded')}
      header={<PageHeader title={t('Playbook')} back={<PlaybooksLink tenant={params().tenant} />} />}
    >
      {(playbook) => <PlaybookDetail playbook={playbook()} />}
    </QueryView>
  );
}
