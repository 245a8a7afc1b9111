import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { archivedTypes } from '../../../../shared/archived/archived-types.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { ArchivedLine } from '../parts/archived-notice.tsx';
import { archivedWords } from '../parts/archived-words.ts';

const from = '/t/$tenant/archived/$type/$id';

/** One thing that was archived. */
export default function ArchivedPage() {
  const params = useParams({ from });
  const navigate = useNavigate();
  const type = () => archivedTypes.find((each) => each === params().type) ?? 'tool';
  const query = useQuery(() => ({
    ...queries.archived.get({ type: type(), id: params().id }),
    retry: false,
  }));
  useTitle(() => (query.isSuccess ? query.data.title : t('Archived')));
  const toList = () => ({
    to: '/t/$tenant/archived' as const,
    params: { tenant: params().tenant },
    search: {},
  });
  const back = () => (
    <Link {...toList()} class="hover:text-text">
      {t('Archived')}
    </Link>
  );
  return (
    <QueryView
      query={query}
      what={t('It could not be loaded')}
      header={<PageHeader title={t('Archived')} back={back()} />}
    >
      {(archived) => (
        <>
          <PageHeader title={archived().title} back={back()} />
          <ArchivedLine archived={archived()} onRestored={() => void navigate(toList())} />
          <PageBody>
            <div class="px-6 py-4 max-sm:px-4">
              <Facts>
                <Fact label={t('Type')}>{archivedWords[archived().type].one}</Fact>
                <Fact label={t('Name')}>{archived().name}</Fact>
                <Fact label={t('ID')}>
                  <IdChip id={archived().id} />
                </Fact>
              </Facts>
            </div>
          </PageBody>
        </>
      )}
    </QueryView>
  );
}
