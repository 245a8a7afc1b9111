import { Link, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan, useMe } from '../../../../api/me.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { PageBody, PageHeader } from '../../../../kit/page-header.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { t } from '../../../../words/words.ts';
import { ApplyFiles } from './apply-files.tsx';

/** Files of definitions: what applying them would change, and applying them. */
export default function ApplyPage() {
  const params = useParams({ from: '/t/$tenant/tools/apply' });
  const can = useCan();
  const me = useMe();
  useTitle(() => t('Apply files'));
  return (
    <>
      <PageHeader
        title={t('Apply files')}
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
      />
      <Show
        when={!me() || can('tools.write')}
        fallback={
          <EmptyState title={t('You cannot apply files')}>
            {t('Only tool admins can do this. A tenant admin can give you the role.')}
          </EmptyState>
        }
      >
        <PageBody>
          <ApplyFiles />
        </PageBody>
      </Show>
    </>
  );
}
