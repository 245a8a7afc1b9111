import { Link, useLocation, useNavigate, useParams, useRouter } from '@tanstack/solid-router';
import { createEffect, createMemo, createResource, For, onCleanup, Show } from 'solid-js';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ErrorState } from '../../kit/error-state.tsx';
import { SearchBox } from '../../kit/filter-bar/search-box.tsx';
import { DetailBody, PageHeader } from '../../kit/page-header.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { DocContents } from './doc-contents.tsx';
import { docHtml } from './doc-html.ts';
import { docGroups, docPage } from './doc-pages.ts';
import { docText } from './doc-texts.ts';

/** One page of the documentation, with its headings and the others of its group. */
export default function DocPage() {
  const params = useParams({ from: '/t/$tenant/docs/$page' });
  const location = useLocation();
  const navigate = useNavigate();
  const router = useRouter();
  const page = createMemo(() => docPage(params().page));
  useTitle(() => page()?.title ?? t('Documentation'));
  const [text, { refetch }] = createResource(page, docText);
  const hrefOf = (id: string, hash: string) =>
    router.buildLocation({ to: '/t/$tenant/docs/$page', params: { tenant: params().tenant, page: id }, hash })
      .href;
  const shown = createMemo(() => {
    const of = page();
    return of && text.state === 'ready' ? docHtml(of, text(), hrefOf) : undefined;
  });
  const group = () => docGroups.find(({ pages }) => pages.some(({ id }) => id === page()?.id));

  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-page]') : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    const { page: to = '', anchor: hash = '' } = link.dataset;
    void navigate({ to: '/t/$tenant/docs/$page', params: { tenant: params().tenant, page: to }, hash });
  };
  const opened = (article: HTMLElement) => {
    article.addEventListener('click', follow);
    onCleanup(() => article.removeEventListener('click', follow));
    createEffect(() => {
      const anchor = location().hash;
      if (!shown()) return;
      if (anchor) document.getElementById(anchor)?.scrollIntoView();
      else article.parentElement?.scrollTo({ top: 0 });
    });
  };

  return (
    <>
      <PageHeader
        title={page()?.title ?? t('Documentation')}
        back={
          <Link to="/t/$tenant/docs" params={params()} search={{}} class="hover:text-text">
            {t('Documentation')}
          </Link>
        }
        actions={
          <SearchBox
            label={t('Search the documentation')}
            value={undefined}
            width="280px"
            onChange={(q) =>
              void navigate({ to: '/t/$tenant/docs', params: { tenant: params().tenant }, search: { q } })
            }
          />
        }
      />
      <Show
        when={page()}
        fallback={
          <EmptyState title={t('There is no such page')}>
            {t('Search for it, or look at the contents.')}
          </EmptyState>
        }
      >
        <Show
          when={!text.error}
          fallback={
            <ErrorState
              error={text.error}
              what={t('This page could not be loaded')}
              onRetry={() => void refetch()}
            />
          }
        >
          <DetailBody
            facts={
              <nav aria-label={t('Documentation')} class="flex flex-col gap-4">
                <Show when={(shown()?.contents.length ?? 0) > 1}>
                  <div>
                    <h2 class="label-caps pb-1">{t('On this page')}</h2>
                    <ul>
                      <For each={shown()?.contents}>
                        {({ anchor, heading }) => (
                          <li>
                            <Link
                              to="/t/$tenant/docs/$page"
                              params={params()}
                              hash={anchor}
                              class="block truncate py-0.5 text-muted hover:text-text pointer-coarse:py-2"
                            >
                              {heading}
                            </Link>
                          </li>
                        )}
                      </For>
                    </ul>
                  </div>
                </Show>
                <Show when={group()}>
                  {(of) => (
                    <div>
                      <h2 class="label-caps pb-1">{of().title}</h2>
                      <DocContents tenant={params().tenant} pages={of().pages} />
                    </div>
                  )}
                </Show>
              </nav>
            }
          >
            <Show when={shown()}>
              {(page) => (
                <article ref={opened} lang="en" class="prose px-6 py-4 max-sm:px-4" innerHTML={page().html} />
              )}
            </Show>
          </DetailBody>
        </Show>
      </Show>
    </>
  );
}
