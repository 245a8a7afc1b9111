import { v7 as uuidv7 } from 'uuid';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Identity } from '../../identity/roles.ts';
import type { Mailer } from '../../people/server/mailer.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { assertIdCursor, type Page, pageFrom } from '../../platform/server/paging.ts';
import { insertDeliveries, insertNotifications } from '../db/notification-feed.ts';
import {
  countTests,
  countUnread,
  listChannels,
  listNotifications,
  lockSettings,
  markAllNotifications,
  markNotifications,
  type NotificationRow,
} from '../db/notifications.ts';
import { listSubscriptions } from '../db/push-subscriptions.ts';
import { lineOf } from '../notice-lines.ts';
import type { Notification } from '../notification-schemas.ts';

/** Counting stops here. */
const mostCounted = 1000;
const testsAMinute = 5;

function notificationView({ tenantSlug }: Identity, row: NotificationRow): Notification {
  const said = { kind: row.kind, eventType: row.event_type, facts: row.facts, link: row.link };
  const { text, link } = lineOf(said, row.count);
  return {
    id: row.id,
    kind: row.kind as Notification['kind'],
    critical: row.critical,
    eventType: row.event_type,
    facts: row.facts,
    text,
    count: row.count,
    link: `/t/${tenantSlug}${link}`,
    read: row.read_at !== null,
    browserAt: row.browser_at?.toISOString() ?? null,
    pushed: row.pushed,
    sentBy: row.sent_by,
    createdAt: row.created_at.toISOString(),
  };
}

/** A page of the notifications of the person who asks, newest first. An API key has none. */
export async function readOwnNotifications(
  { services, identity }: ReadContext,
  { unread, limit, cursor }: { unread: boolean; limit: number; cursor?: string | undefined },
): Promise<Page<Notification>> {
  assertIdCursor(cursor);
  const page = {
    userId: identity.actor.id,
    sessionId: identity.sessionId,
    unread,
    before: cursor,
    limit: limit + 1,
  };
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listNotifications(connection, page),
  );
  return pageFrom(
    rows,
    limit,
    ({ id }) => id,
    (row) => notificationView(identity, row),
  );
}

/** Up to 1,000. */
export async function countOwnUnread({ services, identity }: ReadContext): Promise<{ unread: number }> {
  const unread = await services.db.tenant(identity.tenantId, (connection) =>
    countUnread(connection, identity.actor.id, mostCounted),
  );
  return { unread };
}

/** Those of others, and unknown ones, are left alone. */
export async function markOwn(
  { services, identity }: ReadContext,
  { ids, read }: { ids: string[]; read: boolean },
): Promise<void> {
  await services.db.tenant(identity.tenantId, (connection) =>
    markNotifications(connection, { userId: identity.actor.id, ids, read }),
  );
}

export async function markAllOwn(
  { services, identity }: ReadContext,
  upTo: string | undefined,
): Promise<void> {
  await services.db.tenant(identity.tenantId, (connection) =>
    markAllNotifications(connection, identity.actor.id, upTo),
  );
}

/** A person who may have notifications. @throws InterlockError `conflict` for an API key */
export function assertPerson({ actor }: Identity): void {
  if (actor.type !== 'user')
    throw new InterlockError('conflict', 'An API key gets no notifications. Sign in to change yours.');
}

/**
 * Sends the person who asks a test, in the ways that they name, at once and also in quiet hours.
 * @throws InterlockError `conflict`, `invalid_input` or `rate_limited`; then nothing is sent
 */
export async function sendOwnTest(
  { services, identity }: ReadContext<{ mailer: Mailer }>,
  { browser, email, channels }: { browser: boolean; email: boolean; channels: string[] },
): Promise<void> {
  assertPerson(identity);
  const { tenantId, actor } = identity;
  if (email && !services.mailer.sends)
    throw new InterlockError('conflict', 'This deployment sends no email. Nothing was sent.');
  const id = uuidv7();
  const of = { tenantId, userId: actor.id };
  await services.db.tenantTransaction(tenantId, async (connection) => {
    // One after the other: they are counted.
    await lockSettings(connection, actor.id);
    if ((await countTests(connection, actor.id)) >= testsAMinute)
      throw new InterlockError(
        'rate_limited',
        `${testsAMinute} tests were sent within a minute. Nothing was sent.`,
        { retryAfterSeconds: 60 },
      );
    assertChannels(await listChannels(connection), channels, '/channels');
    const now = new Date();
    await insertNotifications(connection, [
      {
        ...of,
        id,
        kind: 'test',
        critical: false,
        eventId: null,
        eventType: 'test',
        facts: {},
        link: '/profile/notifications',
        page: true,
        browserAt: browser ? now : null,
        createdAt: now,
      },
    ]);
    const browsers = browser ? await listSubscriptions(connection, actor.id) : [];
    const ways = [
      ...(email ? [{ channelId: null, push: false }] : []),
      ...channels.map((channelId) => ({ channelId, push: false })),
      ...browsers.map((each) => ({ channelId: each.id, push: true })),
    ];
    await insertDeliveries(
      connection,
      ways.map((way) => ({ ...of, ...way, id: uuidv7(), notificationId: id, dueAt: now })),
    );
  });
}

/** @throws InterlockError `invalid_input` at each that is not a channel of the organization */
export function assertChannels(
  known: readonly { id: string }[],
  chosen: readonly string[],
  path: string,
): void {
  const issues = chosen.flatMap((id, index) =>
    known.some((each) => each.id === id)
      ? []
      : [{ path: `${path}/${index}`, message: 'is not a channel of this organization', keyword: 'channel' }],
  );
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'A channel was not found. Nothing was changed.', { issues });
}
