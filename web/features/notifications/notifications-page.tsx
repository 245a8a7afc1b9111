import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams, useRouter, useSearch } from '@tanstack/solid-router';
import { Check, CheckCheck, CircleDot } from 'lucide-solid';
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { createPaged } from '../../api/paged.ts';
import { useQuery } from '../../api/query.ts';
import { api, type Outputs, queries, queryKey } from '../../api/trpc.ts';
import { useActions } from '../../kit/actions.ts';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { PagedList } from '../../kit/list-page/paged-list.tsx';
import { PageBody, PageHeader } from '../../kit/page-header.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { Tab, TabBar } from '../../kit/tabs.tsx';
import { noticeText } from '../../shell/notice-words.ts';
import { toastError } from '../../shell/toasts.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { kindLabel } from './parts/kind-words.ts';

const from = '/t/$tenant/notifications';
type Item = Outputs['notifications']['list']['items'][number];

/** The notifications of the person, newest first. */
export default function NotificationsPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const router = useRouter();
  const client = useQueryClient();
  useTitle(() => t('Notifications'));
  const onlyUnread = createMemo(() => search().show === 'unread');
  const list = createPaged(queries.notifications.list, () => ({ unread: onlyUnread() }));
  const [at, setAt] = createSignal(-1);
  const [pending, setPending] = createSignal(0);
  const busy = () => pending() > 0;
  createEffect(on(onlyUnread, () => setAt(-1), { defer: true }));
  const rows = () => list.rows() ?? [];
  const selected = (): Item | undefined => rows()[at()];
  const anyUnread = () => rows().some(({ read }) => !read);

  // The count is asked for now and then, whatever the stream says.
  const count = useQuery(() => queries.notifications.count());
  createEffect(
    on(
      () => count.data?.unread,
      () => void client.invalidateQueries({ queryKey: queryKey(params().tenant, 'notifications', 'list') }),
      { defer: true },
    ),
  );
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(params().tenant, 'notifications') });
  // Marking twice is marking once, so a key is never lost because another one is on its way.
  async function change(work: () => Promise<unknown>): Promise<void> {
    setPending((count) => count + 1);
    try {
      await work();
      await refresh();
    } catch (error) {
      toastError(t('The notifications were not marked'), error);
    } finally {
      setPending((count) => count - 1);
    }
  }
  const mark = (item: Item, read: boolean) =>
    change(() => api.notifications.read.mutate({ ids: [item.id], read }));
  const markAll = () => {
    const [newest] = rows();
    if (newest) void change(() => api.notifications.readAll.mutate({ upTo: newest.id }));
  };
  const open = (item: Item) => {
    if (!item.read) void mark(item, true);
    router.history.push(item.link);
  };
  const move = (by: 1 | -1) => {
    setAt((before) => Math.min(rows().length - 1, Math.max(0, before + by)));
    const id = selected()?.id;
    if (id) document.getElementById(`notification-${id}`)?.focus();
  };
  useActions(() => [
    {
      id: 'next',
      label: t('Next notification'),
      keys: 'j',
      group: 'Selection',
      repeats: true,
      run: () => move(1),
    },
    {
      id: 'previous',
      label: t('Previous notification'),
      keys: 'k',
      group: 'Selection',
      repeats: true,
      run: () => move(-1),
    },
    {
      id: 'mark',
      label: selected()?.read ? t('Mark as unread') : t('Mark as read'),
      keys: 'e',
      group: 'Selection',
      run: () => {
        const item = selected();
        if (item) void mark(item, !item.read);
      },
    },
    { id: 'all', label: t('Mark all as read'), keys: 'shift+e', group: 'Page', run: markAll },
    {
      id: 'settings',
      label: t('Notification settings'),
      keys: 's',
      group: 'Page',
      run: () =>
        void navigate({ to: '/t/$tenant/profile/notifications', params: { tenant: params().tenant } }),
    },
    {
      id: 'unread',
      label: onlyUnread() ? t('Show all') : t('Show only what is not read'),
      keys: 'u',
      group: 'Page',
      run: () => void navigate({ search: onlyUnread() ? {} : { show: 'unread' } }),
    },
  ]);

  return (
    <>
      <PageHeader
        title={t('Notifications')}
        actions={
          <>
            <Button icon={CheckCheck} busy={busy()} disabled={!anyUnread()} onClick={markAll}>
              {t('Mark all as read')}
            </Button>
            <ButtonLink
              variant="quiet"
              keys="s"
              to="/t/$tenant/profile/notifications"
              params={{ tenant: params().tenant }}
            >
              {t('Notification settings')}
            </ButtonLink>
          </>
        }
      >
        <TabBar label={t('Which notifications')}>
          <Tab active={!onlyUnread()} to={from} params={params()} search={{}}>
            {t('All')}
          </Tab>
          <Tab active={onlyUnread()} to={from} params={params()} search={{ show: 'unread' }}>
            {t('Not read')}
          </Tab>
        </TabBar>
      </PageHeader>
      <PageBody>
        <PagedList
          list={list}
          plural={t('notifications')}
          empty={
            <EmptyState title={onlyUnread() ? t('You have read everything.') : t('No notifications yet.')}>
              {t(
                'Notifications appear here when something waits for you, when your work fails, and when an exception or an integration needs someone. Choose in your profile how else you get them.',
              )}
            </EmptyState>
          }
        >
          {(items) => (
            <ul aria-label={t('Notifications')} class="max-w-220">
              <For each={items()}>
                {(item, index) => (
                  <li
                    class="flex items-start gap-2 border-b px-6 py-2 hover:bg-hover max-sm:px-4"
                    classList={{ 'bg-rail-active': index() === at() }}
                  >
                    <span
                      aria-hidden="true"
                      class="mt-1.5 size-2 shrink-0 rounded-full"
                      classList={{
                        'bg-failed': !item.read && item.critical,
                        'bg-accent': !item.read && !item.critical,
                      }}
                    />
                    <div class="min-w-0 flex-1">
                      <a
                        id={`notification-${item.id}`}
                        href={item.link}
                        class="break-words hover:text-accent"
                        classList={{ 'font-medium': !item.read }}
                        onFocus={() => setAt(index())}
                        onClick={(event) => {
                          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
                          event.preventDefault();
                          open(item);
                        }}
                      >
                        <Show when={!item.read}>
                          <span class="sr-only">{t('Not read:')} </span>
                        </Show>
                        {noticeText(item)}
                      </a>
                      <p class="flex flex-wrap gap-x-2 text-muted text-sm">
                        <Show when={item.critical}>
                          <span class="text-failed">{t('Critical')}</span>
                        </Show>
                        <span>{kindLabel(item.kind)}</span>
                        <RelativeTime at={item.createdAt} />
                        <Show when={item.sentBy[0]}>
                          {(executionId) => (
                            <Link
                              to="/t/$tenant/executions/$executionId"
                              params={{ tenant: params().tenant, executionId: executionId() }}
                              class="hover:text-accent"
                            >
                              {t('Sent by a tool')}
                            </Link>
                          )}
                        </Show>
                      </p>
                    </div>
                    <Button
                      variant="quiet"
                      iconOnly
                      icon={item.read ? CircleDot : Check}
                      disabled={busy()}
                      aria-label={
                        item.read
                          ? t`Mark as unread: ${noticeText(item)}`
                          : t`Mark as read: ${noticeText(item)}`
                      }
                      title={item.read ? t('Mark as unread (e)') : t('Mark as read (e)')}
                      onClick={() => void mark(item, !item.read)}
                    />
                  </li>
                )}
              </For>
            </ul>
          )}
        </PagedList>
      </PageBody>
    </>
  );
}
