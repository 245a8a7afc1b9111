import type pg from 'pg';
import { makeNotifications } from '../../shared/notifications/server/make-notifications.ts';
import type { NotificationServices } from '../../shared/notifications/server/notification-services.ts';
import { eventually } from './eventually.ts';

/**
 * Makes the notifications of everything that has happened. What others of this PostgreSQL have open holds back the log, so it
 * waits until that is over.
 */
export async function notifyOfAll(
  services: NotificationServices,
  admin: Pick<pg.Client, 'query'>,
  clock: () => Date,
): Promise<void> {
  const { rows } = await admin.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
  await eventually(async () => {
    while ((await makeNotifications(services, clock)) === 'more');
    const position = await admin.query('SELECT xid::xid8 > $1::xid8 AS past FROM notification_position', [
      rows[0]!.xid,
    ]);
    return position.rows[0].past;
  });
}
