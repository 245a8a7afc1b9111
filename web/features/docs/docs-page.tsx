import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, createResource, For, Index, Show } from 'solid-js';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ErrorState } from '../../kit/error-state.tsx';
import { SearchBox } from '../../kit/filter-bar/search-box.tsx';
import { PageBody, PageHeader, Section } from '../../kit/page-header.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { DocContents } from './doc-contents.tsx';
import { docGroups } from './doc-pages.ts';
import { docSearch } from './doc-search.ts';

/** The contents of the documentation, or what was found in it. */
export default function DocsPage() {
  const params = useParams({ from: '/t/$tenant/docs' });
  const search = useSearch({ from: '/t/$tenant/docs' });
  const navigate = useNavigate();
  useTitle(() => t('Documentation'));
  const q = () => search().q ?? '';
  const [find, { refetch }] = createResource(
    () => q() !== '',
    () => docSearch(),
  );
  const ready = () => (find.state === 'ready' ? find() : undefined);
  const hits = createMemo(() => ready()?.(q()));
  return (
    <>
      <PageHeader
        title={t('Documentation')}
        actions={
          <SearchBox
            label={t('Search the documentation')}
            value={search().q}
            width="280px"
            onChange={(text) =>
              void navigate({
                to: '/t/$tenant/docs',
                params: params(),
                search: { q: text },
                replace: q() !== '',
              })
            }
          />
        }
      />
      <PageBody>
        <Show
          when={q() !== ''}
          fallback={
            <div class="grid gap-x-8 gap-y-2 py-2 md:grid-cols-2 xl:grid-cols-3">
              <For each={docGroups}>
                {(group) => (
                  <Section title={group.title}>
                    <DocContents tenant={params().tenant} pages={group.pages} />
                  </Section>
                )}
              </For>
            </div>
          }
        >
          <Show
            when={!find.error}
            fallback={
              <ErrorState
                error={find.error}
                what={t('The documentation could not be loaded')}
                onRetry={() => void refetch()}
              />
            }
          >
            <Show when={hits()}>
              {(found) => (
                <>
                  <p class="px-6 pt-4 text-muted max-sm:px-4" role="status">
                    {found().length === 0 ? t('Nothing was found') : t`${found().length} found, best first`}
                  </p>
                  <Show
                    when={found().length > 0}
                    fallback={
                      <EmptyState title={t`Nothing says "${q()}"`}>
                        {t('Try fewer or other words.')}
                      </EmptyState>
                    }
                  >
                    <ol class="max-w-[80ch] px-6 py-2 max-sm:px-4" aria-label={t('Found')}>
                      <For each={found()}>
                        {(hit) => (
                          <li class="border-b border-line py-2.5 last:border-b-0">
                            <Link
                              to="/t/$tenant/docs/$page"
                              params={{ tenant: params().tenant, page: hit.page.id }}
                              hash={hit.anchor}
                              class="font-medium text-accent hover:text-accent-hover"
                            >
                              {hit.heading}
                            </Link>
                            <Show when={hit.heading !== hit.page.title}>
                              <span class="text-muted"> · {hit.page.title}</span>
                            </Show>
                            <p class="text-muted">
                              <Index each={hit.excerpt}>
                                {(piece, index) => (
                                  <Show when={index % 2 === 1} fallback={piece()}>
                                    <mark class="rounded-xs bg-accent-soft text-text">{piece()}</mark>
                                  </Show>
                                )}
                              </Index>
                            </p>
                          </li>
                        )}
                      </For>
                    </ol>
                  </Show>
                </>
              )}
            </Show>
          </Show>
        </Show>
      </PageBody>
    </>
  );
}
