import { api } from '../api/trpc.ts';
import { readStored, store } from '../kit/browser-storage.ts';
import { counted, t } from '../words/words.ts';
import { noticeText } from './notice-words.ts';
import { closeRead, keepSubscribed } from './push.ts';

/** Older ones say nothing any more: the list has them. */
const freshMs = 15 * 60_000;
const mostRemembered = 200;
const mostLookedAt = 50;
/** More at once are one. */
const mostAtOnce = 3;

/** What a page knows of the person and itself. */
interface Page {
  tenant: string;
  user: string;
  unread: number;
  open: (link: string) => void;
}

/** The person and the organization for which this page has looked after the subscription of the browser. */
let kept: string | undefined;

/**
 * Shows what is new as notifications of the browser, except what Web Push brings to it. Each is shown once, however many tabs
 * are open: one tab at a time looks, and remembers what it has shown for all of them.
 */
export async function showBrowserNotices(page: Page): Promise<void> {
  const { tenant, user, unread, open } = page;
  if (kept !== `${tenant}/${user}`) {
    kept = `${tenant}/${user}`;
    if ('serviceWorker' in navigator)
      navigator.serviceWorker.onmessage = ({ data }) => typeof data?.open === 'string' && open(data.open);
    // The next page tries again.
    void keepSubscribed({ tenant, user }).catch(() => {});
  }
  if (unread === 0) return closeRead(tenant, []).catch(() => {});
  const work = () => showNew(tenant, open);
  await (navigator.locks ? navigator.locks.request(`interlock.notices.${tenant}`, work) : work()).catch(
    () => {
      // The list shows them; the next count tries again.
    },
  );
}

async function showNew(tenant: string, open: (link: string) => void): Promise<void> {
  const key = `interlock.shown.${tenant}`;
  const { items } = await api.notifications.list.query({ unread: true, limit: mostLookedAt });
  void closeRead(tenant, items.length < mostLookedAt ? items.map(({ id }) => id) : null).catch(() => {});
  const stored = readStored(key);
  const shown = Array.isArray(stored) ? stored : [];
  const now = Date.now();
  const fresh = items.filter(({ id, browserAt, pushed }) => {
    const at = browserAt === null ? null : Date.parse(browserAt);
    return !pushed && at !== null && at <= now && at > now - freshMs && !shown.includes(id);
  });
  if (fresh.length === 0) return;
  store(key, [...fresh.map(({ id }) => id), ...shown].slice(0, mostRemembered));
  if (fresh.length > mostAtOnce) {
    const title = counted(fresh.length, '{0} new notification|{0} new notifications');
    const critical = fresh.some((each) => each.critical);
    return show(title, { tag: `${tenant}/many`, critical, link: `/t/${tenant}/notifications` }, open);
  }
  for (const notice of fresh) show(noticeText(notice), { tag: notice.id, ...notice }, open);
}

function show(
  title: string,
  { tag, critical, link }: { tag: string; critical: boolean; link: string },
  open: (link: string) => void,
): void {
  const notification = new Notification(title, {
    tag,
    body: critical ? t('Critical, on Interlock') : t('On Interlock'),
    icon: '/icon-192.png',
    requireInteraction: critical,
  });
  notification.onclick = () => {
    focus();
    open(link);
    notification.close();
  };
}
