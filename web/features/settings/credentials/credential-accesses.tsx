import { Key } from '@solid-primitives/keyed';
import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';

/** Which executions opened a credential. */
export function CredentialAccesses(props: { id: string }) {
  const list = createPaged(queries.credentials.accesses, () => ({ id: props.id }));
  return (
    <Section title={t('Accesses')}>
      <PagedList
        list={list}
        plural={t('accesses')}
        empty={<p class="text-muted">{t('No execution has opened it.')}</p>}
      >
        {(rows) => (
          <ul aria-label={t('Accesses')} class="border-t">
            <Key each={rows()} by="id">
              {(access) => (
                <li class="flex flex-wrap items-baseline gap-x-3 border-b py-1.5">
                  <Link
                    to="/t/$tenant/executions/$executionId"
                    params={{ tenant: tenantSlug(), executionId: access().executionId }}
                    class="min-w-0 truncate text-accent underline underline-offset-2 hover:text-accent-hover"
                  >
                    {access().tool?.title ?? t('Execution')}
                  </Link>
                  <span class="text-muted">{rich`attempt ${() => access().attempt}`}</span>
                  <Show when={access().version}>
                    {(version) => <span class="text-muted">{rich`version ${version} of the value`}</span>}
                  </Show>
                  <span class="ml-auto text-muted">
                    <RelativeTime at={access().at} />
                  </span>
                </li>
              )}
            </Key>
          </ul>
        )}
      </PagedList>
    </Section>
  );
}
