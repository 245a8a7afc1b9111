import { caughtUp, readsNoMore } from '../../events/server/log-readers.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { lookForNotifications } from '../db/notification-feed.ts';
import { makeNotifications } from './make-notifications.ts';
import type { NotificationServices } from './notification-services.ts';
import { sendDue } from './send-due.ts';

const everyMs = 1_000;
/** So often it looks even if nothing seems to have happened. */
const anywayMs = 60_000;

/**
 * Notifies people of what concerns them. Any number of processes may run it: one at a time reads the log, and each sends what it
 * has leased. While nothing happens, that costs two statements a second, which read no event.
 */
export function startNotifying(services: NotificationServices): Loop {
  const clock = () => new Date();
  let seen: string | null = null;
  let readAt = 0;
  caughtUp('notifications');
  const loop = startLoop('notifications', everyMs, services.log, async (signal) => {
    const work = await services.db.system((connection) => lookForNotifications(connection, clock()));
    let made = false;
    if (work.count !== seen || Date.now() > readAt + anywayMs) {
      let result = await makeNotifications(services, clock);
      while (result === 'more' && !signal.aborted) result = await makeNotifications(services, clock);
      made = true;
      seen = result === 'done' && work.settled ? work.count : null;
      readAt = Date.now();
    }
    caughtUp('notifications');
    if (made || work.due) await sendDue(services, clock, { push: false, signal });
  });
  // Apart: a push service that does not respond holds up nothing else.
  const pushing = startLoop('push messages', everyMs, services.log, (signal) =>
    sendDue(services, clock, { push: true, signal }),
  );
  return {
    async stop() {
      await Promise.all([loop.stop(), pushing.stop()]);
      readsNoMore('notifications');
    },
  };
}
