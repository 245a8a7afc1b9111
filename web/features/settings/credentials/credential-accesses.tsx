import { Key } from '@solid-primitives/keyed';
import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';

/** Which executions opened a credential. */
export function CredentialAccesses(props: { id: string }) {
  const list = createPaged(queries.credentials.accesses, () => ({ id: props.id }));
  return (
    <Section title="Accesses">
      <PagedList list={list} plural="accesses" empty={<p class="text-muted">No execution has opened it.</p>}>
        {(rows) => (
          <ul aria-label="Accesses" class="border-t">
            <Key each={rows()} by="id">
              {(access) => (
                <li class="flex flex-wrap items-baseline gap-x-3 border-b py-1.5">
                  <Link
                    to="/t/$tenant/executions/$executionId"
                    params={{ tenant: tenantSlug(), executionId: access().executionId }}
                    class="min-w-0 truncate text-accent underline underline-offset-2 hover:text-accent-hover"
                  >
                    {access().tool?.title ?? 'Execution'}
                  </Link>
                  <span class="text-muted">attempt {access().attempt}</span>
                  <Show when={access().version}>
                    {(version) => <span class="text-muted">version {version()} of the value</span>}
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
