import { useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../api/query.ts';
import { queries } from '../../api/trpc.ts';
import { BelowLoading } from '../../kit/below-loading.tsx';
import { PageBody, PageHeader, Section } from '../../kit/page-header.tsx';
import { QueryView } from '../../kit/query-view.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { CountedTools } from '../usage/parts/counted-tools.tsx';
import { Freshness, PeriodPicker, usageInputOf } from '../usage/parts/period.tsx';
import { Changes } from './overview/changes.tsx';
import { Guide } from './overview/guide.tsx';
import { lastVisit } from './overview/last-visit.ts';
import { NeedsMe } from './overview/needs-me.tsx';
import { Pictures } from './overview/pictures.tsx';
import { Waiting } from './overview/waiting.tsx';

/** What a person sees first: what needs them, what has changed, and how things are going. */
export default function OverviewPage() {
  const search = useSearch({ from: '/t/$tenant/home' });
  const visit = lastVisit();
  const query = useQuery(() => ({
    ...queries.usage.home({ ...usageInputOf(search().period), since: visit.at }),
    refetchInterval: 60_000,
  }));
  useTitle(() => t('Home'));
  return (
    <>
      <PageHeader title={t('Home')} actions={<PeriodPicker period={search().period} />} />
      <PageBody>
        <Guide />
        <BelowLoading>
          <NeedsMe />
          <QueryView query={query} what={t('The overview could not be loaded')}>
            {(usage) => (
              <>
                <Changes changes={usage().changes} visit={visit} />
                <Pictures usage={usage()} />
                <div class="grid xl:grid-cols-2">
                  <Section title={t('Tools')} class="min-w-0">
                    <Show
                      when={usage().tools.length > 0}
                      fallback={<p class="text-muted">{t('No tool was called in this period.')}</p>}
                    >
                      <CountedTools
                        label={t('Tools')}
                        what="tool"
                        rows={usage().tools}
                        span={usage().period}
                        most={8}
                      />
                    </Show>
                  </Section>
                  <Section title={t('Connectors')} class="min-w-0">
                    <Show
                      when={usage().connectors.length > 0}
                      fallback={<p class="text-muted">{t('No connector was used in this period.')}</p>}
                    >
                      <CountedTools
                        label={t('Connectors')}
                        what="connector"
                        rows={usage().connectors}
                        span={usage().period}
                        most={8}
                      />
                    </Show>
                  </Section>
                </div>
                <Waiting usage={usage()} />
                <div class="px-6 max-sm:px-4 pb-6">
                  <Freshness usage={usage()} />
                </div>
              </>
            )}
          </QueryView>
        </BelowLoading>
      </PageBody>
    </>
  );
}
