import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { Due } from '../../../kit/due.tsx';
import { formatNumber } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';

type Item = Outputs['inbox']['list']['items'][number];
const shown = 5;

/** What this person can do now: what is overdue comes first. */
export function NeedsMe() {
  const list = useQuery(() => ({
    ...queries.inbox.list({ scope: 'todo', limit: shown }),
    refetchInterval: 30_000,
  }));
  const count = useQuery(() => ({ ...queries.inbox.count(), refetchInterval: 30_000 }));
  const all = () => (count.isSuccess ? count.data : undefined);
  const inbox = () => ({ tenant: tenantSlug() });
  return (
    <Section
      title={t('Needs you now')}
      aside={
        <ButtonLink to="/t/$tenant/inbox" params={inbox()} variant="quiet">
          {t('Open the inbox')}
        </ButtonLink>
      }
    >
      <Show when={all()}>
        {(numbers) => (
          <p class="mb-2 text-muted">
            <Show when={numbers().todo > 0} fallback={t('Nothing waits for you.')}>
              <Link to="/t/$tenant/inbox" params={inbox()} class="text-accent underline underline-offset-2">
                {counted(numbers().todo, '1 waits|{0} wait')}
              </Link>
              <Show when={numbers().todoOverdue > 0}>
                ,{' '}
                <span class="font-medium text-failed">{t`${formatNumber(numbers().todoOverdue)} overdue`}</span>
              </Show>
            </Show>
          </p>
        )}
      </Show>
      <QueryView query={list} what={t('What waits for you could not be loaded')}>
        {(page) => (
          <ul class="border-t empty:hidden">
            <For each={page().items}>
              {(item) => (
                <li class="border-b">
                  <Link
                    to="/t/$tenant/inbox"
                    params={inbox()}
                    search={{ item: keyOf(item) }}
                    class="flex flex-wrap items-baseline gap-x-3 py-1.5 hover:bg-hover"
                  >
                    <span class="font-medium">{titleOf(item)}</span>
                    <span class="min-w-0 truncate text-muted">{aboutOf(item)}</span>
                    <span class="ml-auto">
                      <Due at={dueOf(item)} prefix={`${t('due')} `} none={t('No due date')} />
                    </span>
                  </Link>
                </li>
              )}
            </For>
          </ul>
        )}
      </QueryView>
    </Section>
  );
}

const keyOf = (item: Item) =>
  'execution' in item ? `execution~${item.execution.id}` : `${item.run.id}~${item.step.id}`;
const titleOf = (item: Item) =>
  'execution' in item ? t`Approve ${item.execution.toolTitle}` : item.step.title;
const aboutOf = (item: Item) =>
  item.exception?.title ?? ('execution' in item ? said(item.execution.reason) : item.run.playbookTitle);
const dueOf = (item: Item) => ('execution' in item ? item.execution.dueAt : item.step.dueAt);
