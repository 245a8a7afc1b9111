import { Link, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan, useMe } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { ButtonLink } from '../../../../kit/button.tsx';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { PageBody, PageHeader } from '../../../../kit/page-header.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { t } from '../../../../words/words.ts';
import { ExportFiles } from './export-files.tsx';

/** Definitions as files: seen, chosen and downloaded. */
export default function ExportPage() {
  const params = useParams({ from: '/t/$tenant/tools/export' });
  const can = useCan();
  const me = useMe();
  useTitle(() => t('Export definitions'));
  const query = useQuery(() => ({ ...queries.files.export(), enabled: can('credentials.read') }));
  return (
    <>
      <PageHeader
        title={t('Export definitions')}
        back={
          <Link
            to="/t/$tenant/tools"
            params={{ tenant: params().tenant }}
            search={{}}
            class="hover:text-text"
          >
            {t('Tools')}
          </Link>
        }
        actions={
          can('tools.write') && (
            <ButtonLink to="/t/$tenant/tools/apply" params={{ tenant: params().tenant }}>
              {t('Apply files')}
            </ButtonLink>
          )
        }
      />
      <Show
        when={!me() || can('credentials.read')}
        fallback={
          <EmptyState title={t('You cannot export definitions')}>
            {t('Only tool admins can do this. A tenant admin can give you the role.')}
          </EmptyState>
        }
      >
        <QueryView query={query} what={t('The definitions could not be loaded')}>
          {(exported) => (
            <PageBody>
              <ExportFiles exported={exported()} />
            </PageBody>
          )}
        </QueryView>
      </Show>
    </>
  );
}
