import { useRouter } from '@tanstack/solid-router';
import { createEffect, Show } from 'solid-js';
import { useMe } from '../api/me.ts';
import { useQuery } from '../api/query.ts';
import { queries } from '../api/trpc.ts';
import { t } from '../words/words.ts';

const isAllowed = () => globalThis.Notification?.permission === 'granted';

/** What the person has not read, also as notifications of the browser where they are allowed. */
export function useUnread(tenant: string) {
  const router = useRouter();
  const me = useMe();
  // What was held back in quiet hours comes without an event, and a hidden tab, whose stream is closed, shows it all the same.
  const count = useQuery(() => ({
    ...queries.notifications.count(),
    refetchInterval: 30_000,
    refetchIntervalInBackground: isAllowed(),
  }));
  createEffect(() => {
    const user = me()?.actor.id;
    // Each time it was read: one may have come while another was read.
    if (count.dataUpdatedAt === 0 || !count.data || !user || !isAllowed()) return;
    const { unread } = count.data;
    void import('./browser-notices.ts').then(({ showBrowserNotices }) =>
      showBrowserNotices({ tenant, user, unread, open: (link) => router.history.push(link) }),
    );
  });
  return () => (count.isSuccess ? count.data.unread : 0);
}

/** The number beside "Notifications", or at the corner of its icon. */
export const UnreadCount = (props: { unread: number; corner: boolean }) => (
  <Show when={props.unread > 0}>
    <span
      class="text-accent text-xs tabular-nums"
      classList={{ 'absolute top-0 right-0 rounded-sm bg-rail px-0.5 leading-none': props.corner }}
    >
      <span class="sr-only">{t(', not read:')} </span>
      {props.unread > 99 ? '99+' : props.unread}
    </span>
  </Show>
);
