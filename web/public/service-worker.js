// Shows what Web Push brings while no page is open. It serves no requests: pages load as without it.

const text = (value, otherwise) => (typeof value === 'string' ? value : otherwise);

/** Every message has to be shown: browsers end the subscription of those who do not. */
async function show(data) {
  let message = {};
  try {
    message = data.json();
  } catch {
    // Something is there, and the pages know what.
  }
  const { tag, title, body, critical, count, tenant, link } = message;
  await self.registration.showNotification(text(title, 'Interlock'), {
    // What has the tag of another one takes its place, without another sound.
    tag: text(tag, 'interlock'),
    body: text(body, ''),
    icon: '/icon-192.png',
    requireInteraction: critical === true,
    data: { tenant, count, link: text(link, '').startsWith('/t/') ? link : '/' },
  });
  await closeRead(tenant);
}

/** What was read on another device is not shown any more. */
async function closeRead(tenant) {
  const response = await fetch('/api/notifications?unread=true&limit=50', {
    headers: { 'x-tenant': tenant },
  });
  if (!response.ok) return;
  const { items } = await response.json();
  if (items.length === 50) return;
  const unread = new Set(items.map(({ id }) => id));
  for (const shown of await self.registration.getNotifications())
    if (shown.data?.tenant === tenant && shown.data.count === 1 && !unread.has(shown.tag)) shown.close();
}

/** A page that is open goes there by itself: what someone has typed in it stays. */
async function open(link) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => new URL(url).pathname.startsWith('/t/'));
  if (!page) return self.clients.openWindow(link);
  page.postMessage({ open: link });
  await page.focus();
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('push', (event) => {
  // What cannot be asked now is closed with the next message, or by a page.
  event.waitUntil(show(event.data).catch(() => {}));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  // A browser may not let us come to the front.
  event.waitUntil(open(event.notification.data?.link ?? '/').catch(() => {}));
});
