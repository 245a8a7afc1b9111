import { api } from '../api/trpc.ts';
import { readStored, store } from '../kit/browser-storage.ts';

/** Whether this browser can show notifications while no page is open. On an iPhone only an installed page can. */
export const offersPush = (): boolean =>
  'Notification' in globalThis && 'PushManager' in globalThis && 'serviceWorker' in navigator;

const key = 'interlock.push';

/** Who wants it in this browser, and by organization the session and the address with which it was subscribed. */
interface Wanted {
  user: string;
  sessions: Record<string, string>;
}
const subscribedAs = (session: string | null, endpoint: string | undefined): string =>
  `${session} ${endpoint}`;
const readWanted = (): Wanted | null => readStored(key) as Wanted | null;

const registrationOf = async (): Promise<ServiceWorkerRegistration | undefined> =>
  'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined;

interface Who {
  tenant: string;
  user: string;
}

/** This browser shows the person's notifications of an organization. @throws when the browser or the server refuses */
export async function subscribeBrowser({ tenant, user }: Who): Promise<void> {
  const { publicKey, session } = await api.notifications.pushSubscriptions.query();
  await navigator.serviceWorker.register('/service-worker.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && keyOf(before) !== publicKey) await before.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await api.notifications.subscribePush.mutate({
    endpoint: endpoint!,
    keys: { p256dh: keys!.p256dh!, auth: keys!.auth! },
    publicKey,
  });
  const wanted = readWanted();
  const sessions = wanted?.user === user ? wanted.sessions : {};
  store(key, { user, sessions: { ...sessions, [tenant]: subscribedAs(session, endpoint) } } satisfies Wanted);
}

const keyOf = ({ options: { applicationServerKey: bytes } }: PushSubscription): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer())))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** It is not wanted in this browser any more. The server knows that already. */
export function forgetBrowser(tenant: string): void {
  const wanted = readWanted();
  if (!wanted) return;
  const { [tenant]: _, ...sessions } = wanted.sessions;
  store(key, { ...wanted, sessions } satisfies Wanted);
}

/**
 * Once for each page that opens: a person who has signed in again, and a browser or a deployment that has another key, subscribe
 * again. In a browser that someone else uses now, the subscription of the earlier person ends.
 */
export async function keepSubscribed({ tenant, user }: Who): Promise<void> {
  const wanted = readWanted();
  if (!wanted || !offersPush() || Notification.permission !== 'granted') return;
  const subscription = await (await registrationOf())?.pushManager.getSubscription();
  if (wanted.user !== user) {
    await subscription?.unsubscribe();
    return;
  }
  if (!(tenant in wanted.sessions)) return;
  const { items, publicKey, session } = await api.notifications.pushSubscriptions.query();
  const current = items.find((each) => each.current);
  // Its address is another one also when it has subscribed with another key for another organization.
  const isNew = !subscription || wanted.sessions[tenant] !== subscribedAs(session, subscription.endpoint);
  if (isNew || (current && current.publicKey !== publicKey)) await subscribeBrowser({ tenant, user });
  // The person has removed it from another device.
  else if (!current) forgetBrowser(tenant);
}

/** Closes what this browser shows and the person has read. @param unread ids; null: there are more */
export async function closeRead(tenant: string, unread: readonly string[] | null): Promise<void> {
  for (const shown of (await (await registrationOf())?.getNotifications()) ?? []) {
    const { data, tag } = shown;
    if (data?.tenant !== tenant || unread === null) continue;
    if (unread.length === 0 || (data.count === 1 && !unread.includes(tag))) shown.close();
  }
}
