import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Match, Switch } from 'solid-js';
import { useCan, useMe } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { PageBody, PageHeader } from '../../../../kit/page-header.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { t } from '../../../../words/words.ts';
import { ImportOperations } from './import-operations.tsx';
import { ImportSource } from './import-source.tsx';

const from = '/t/$tenant/tools/import';

/** Reads a document of another system, and makes tools of the operations that a person chooses. */
export default function ImportPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const can = useCan();
  const me = useMe();
  useTitle(() => t('Import tools'));
  const query = useQuery(() => ({
    ...queries.imports.get({ id: search().id ?? '' }),
    enabled: search().id !== undefined,
  }));
  const open = (id: string | undefined) => void navigate({ search: id === undefined ? {} : { id } });
  return (
    <>
      <PageHeader
        title={t('Import tools')}
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
        actions={search().id && <Button onClick={() => open(undefined)}>{t('Another document')}</Button>}
      />
      <Switch>
        <Match when={me() && !can('tools.write')}>
          <EmptyState title={t('You cannot import tools')}>
            {t('Only tool admins can do this. A tenant admin can give you the role.')}
          </EmptyState>
        </Match>
        <Match when={search().id === undefined}>
          <PageBody>
            <ImportSource onRead={open} />
          </PageBody>
        </Match>
        <Match when={true}>
          <QueryView query={query} what={t('The document could not be loaded')}>
            {(found) => (
              <PageBody>
                <ImportOperations found={found()} />
              </PageBody>
            )}
          </QueryView>
        </Match>
      </Switch>
    </>
  );
}
