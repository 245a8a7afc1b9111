import { v7 as uuidv7 } from 'uuid';
import { readTail, type TailEvent } from '../../events/db/events.ts';
import type { Member } from '../../identity/server/members.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  insertDeliveries,
  insertNotifications,
  joinLines,
  lockNotifying,
  type NewDelivery,
  type NewNotification,
  readNotifiedUpTo,
  readSettingsOf,
  writeNotifiedUpTo,
} from '../db/notification-feed.ts';
import * as read from '../db/notification-subjects.ts';
import { readSubscriptionsOf } from '../db/push-subscriptions.ts';
import { type NotifyingEvent, notifyingEvents } from '../notification-facts.ts';
import type { KindChoice } from '../notification-kinds.ts';
import type { PersonSettings } from '../notification-schemas.ts';
import { settingsOf } from '../person-settings.ts';
import { nextDigest, quietUntil } from '../quiet-hours.ts';
import { chooseRecipients } from './choose-recipients.ts';
import type { Clock, NotificationServices } from './notification-services.ts';
import { type Saying, type Subjects, sayings } from './what-to-say.ts';

const batch = 200;
/** So many of one kind within this time become one line. */
const line = { most: 20, withinMs: 60_000 };

/**
 * Makes notifications of the next events of the log. The position in the log moves in the same transaction, and a person
 * is notified of an event once.
 * @returns `busy`: another process does it; `more`: there may be more to read
 */
export function makeNotifications(
  services: NotificationServices,
  clock: Clock,
): Promise<'busy' | 'more' | 'done'> {
  return services.db.systemTransaction(async (connection) => {
    if (!(await lockNotifying(connection))) return 'busy';
    const position = await readNotifiedUpTo(connection);
    const page = { tenantIds: null, types: notifyingEvents, limit: batch };
    const { events, until, full } = await readTail(connection, position, page);
    if (events.length > 0) await tellOf(connection, services, events, clock());
    await writeNotifiedUpTo(connection, until);
    return full ? 'more' : 'done';
  });
}

async function tellOf(
  connection: SystemConnection,
  services: NotificationServices,
  events: TailEvent[],
  now: Date,
): Promise<void> {
  const subjects = await subjectsOf(connection, events);
  const said = events
    .map((event) => ({ event, sayings: sayings[event.type as NotifyingEvent](event, subjects) }))
    .filter(({ sayings: all }) => all.length > 0);
  const tenantIds = [...new Set(said.map(({ event }) => event.tenantId))];
  if (tenantIds.length === 0) return;
  const members = new Map<string, Member[]>();
  for (const id of tenantIds) members.set(id, await services.accounts.members(id));
  const stored = new Map(
    (await readSettingsOf(connection, tenantIds)).map((row) => [
      `${row.tenantId}/${row.userId}`,
      row.settings,
    ]),
  );
  const browsers = await readSubscriptionsOf(connection, tenantIds);
  const planned = said.flatMap(({ event, sayings: all }) =>
    chooseRecipients(event, all, members.get(event.tenantId)!).flatMap(({ member, saying }) =>
      plan(event, saying, member, settingsOf(stored.get(`${event.tenantId}/${member.id}`)), {
        now,
        mail: services.mailer.sends,
        browsers: browsers.get(`${event.tenantId}/${member.id}`) ?? [],
      }),
    ),
  );
  if (planned.length === 0) return;
  const isNew = await insertNotifications(
    connection,
    planned.map(({ notification }) => notification),
  );
  const made = planned.filter(({ notification }) => isNew.has(notification.id));
  await insertDeliveries(
    connection,
    made.flatMap(({ deliveries }) => deliveries),
  );
  const kinds = new Map(
    made.map(({ notification: { tenantId, userId, kind } }) => [
      `${tenantId}/${userId}/${kind}`,
      { tenantId, userId, kind },
    ]),
  );
  for (const of of kinds.values()) await joinLines(connection, of, { now, ...line });
}

interface Planned {
  notification: NewNotification;
  deliveries: NewDelivery[];
}

/** What a person gets of one event, in the ways that they have chosen; nothing if they chose none. */
function plan(
  event: TailEvent,
  saying: Saying,
  member: Member,
  settings: PersonSettings,
  { now, mail, browsers }: { now: Date; mail: boolean; browsers: readonly string[] },
): Planned[] {
  const { kind, critical, facts, link, noTools } = saying;
  const choice = settings.kinds[kind];
  const emailAt = mail ? emailTime(choice, critical, settings, now) : null;
  const channels = noTools ? [] : choice.channels;
  if (!choice.page && !choice.browser && emailAt === null && channels.length === 0) return [];
  const id = uuidv7();
  const of = { tenantId: event.tenantId, userId: member.id };
  const delivery = (channelId: string | null, dueAt: Date, push = false): NewDelivery => ({
    ...of,
    id: uuidv7(),
    notificationId: id,
    channelId,
    push,
    dueAt,
  });
  return [
    {
      notification: {
        ...of,
        id,
        kind,
        critical,
        eventId: event.id,
        eventType: event.type,
        facts,
        link,
        // A browser shows what the list has.
        page: choice.page || choice.browser,
        browserAt: choice.browser ? (heldUntil(settings, critical, now) ?? now) : null,
        createdAt: now,
      },
      deliveries: [
        ...(emailAt === null ? [] : [delivery(null, emailAt)]),
        ...channels.map((channel) => delivery(channel, now)),
        ...(choice.browser ? browsers : []).map((each) => delivery(each, now, true)),
      ],
    },
  ];
}

/** Until when a person is not to be disturbed; null: they may be now. */
export function heldUntil({ quiet, timeZone }: PersonSettings, critical: boolean, now: Date): Date | null {
  if (!quiet || (critical && quiet.letCritical)) return null;
  return quietUntil(now, quiet, timeZone);
}

function emailTime(choice: KindChoice, critical: boolean, settings: PersonSettings, now: Date): Date | null {
  switch (choice.email) {
    case 'off':
      return null;
    case 'critical':
      return critical ? now : null;
    case 'now':
      return now;
    case 'digest':
      return nextDigest(now, settings.digest, settings.timeZone);
  }
}

async function subjectsOf(connection: SystemConnection, events: readonly TailEvent[]): Promise<Subjects> {
  const of = (...types: string[]) =>
    events
      .filter(({ subjectType, subjectId }) => types.includes(subjectType) && isUuid(subjectId))
      .map(({ tenantId, subjectId }) => ({ tenantId, id: subjectId }));
  const trials = events.flatMap(({ tenantId, data: { trialId } }) =>
    typeof trialId === 'string' && isUuid(trialId) ? [{ tenantId, id: trialId }] : [],
  );
  return {
    execution: await read.readExecutions(connection, of('execution')),
    step: await read.readSteps(connection, of('step')),
    run: await read.readRunsOf(connection, of('run')),
    batch: await read.readBatchesOf(connection, of('batch')),
    undo: await read.readUndosOf(connection, of('undo')),
    schedule: await read.readSchedulesOf(connection, of('schedule')),
    exception: await read.readCases(connection, of('exception')),
    webhook: await read.readWebhooksOf(connection, of('webhook', 'inbound_webhook')),
    trial: await read.readTrialsOf(connection, trials),
  };
}
