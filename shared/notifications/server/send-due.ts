import { v7 as uuidv7 } from 'uuid';
import { type Speaker, speakerOf } from '../../words/speak.ts';
import {
  type DueMessage,
  endDeliveries,
  type LeasedDelivery,
  leaseMessage,
  listDueMessages,
  postponeDeliveries,
  readSettingsNow,
} from '../db/notification-sending.ts';
import { linesOf, type NoticeLine } from '../notice-lines.ts';
import { type KindChoice, notificationKinds } from '../notification-kinds.ts';
import type { PersonSettings } from '../notification-schemas.ts';
import { settingsOf } from '../person-settings.ts';
import { heldUntil } from './make-notifications.ts';
import type { Message, Sent } from './message.ts';
import type { Clock, NotificationServices } from './notification-services.ts';
import { sendByPush } from './push/send-by-push.ts';
import { sendByEmail } from './send-by-email.ts';
import { sendByTool } from './send-by-tool.ts';

/** Longer than an attempt takes. */
const leaseMs = 60_000;
const atOnce = 10;
const mostLines = 500;
/** Seconds until the next attempt; after the last one it has failed. */
const retrySeconds = [15, 60, 300, 1_800, 7_200, 21_600, 43_200];

/**
 * Sends what is due. Any number of processes share it: each sends what it has leased.
 * @param only.push only what goes by Web Push, or only what does not
 */
export async function sendDue(
  services: NotificationServices,
  clock: Clock,
  { push = null, signal }: { push?: boolean | null; signal?: AbortSignal } = {},
): Promise<void> {
  while (!signal?.aborted) {
    const due = await services.db.system((connection) =>
      listDueMessages(connection, { now: clock(), limit: atOnce, push }),
    );
    if (due.length === 0) return;
    const taken = await Promise.all(due.map((each) => sendOne(services, clock, each)));
    // Another process has them.
    if (!taken.some(Boolean)) return;
  }
}

/** @returns false when another process sends it */
async function sendOne(services: NotificationServices, clock: Clock, due: DueMessage): Promise<boolean> {
  const { db, accounts } = services;
  const now = clock();
  const newMessageId = uuidv7();
  const leased = await db.system((connection) =>
    leaseMessage(connection, due, { now, until: new Date(now.getTime() + leaseMs), newMessageId }),
  );
  if (leased.length === 0) return false;
  const isNew = due.messageId === null;
  const end = (all: LeasedDelivery[], how: Omit<Parameters<typeof endDeliveries>[2], 'now'>) =>
    db.system((connection) => endDeliveries(connection, idsOf(all), { ...how, now: clock() }));

  const member = (await accounts.members(due.tenantId)).find(({ id }) => id === due.userId);
  if (!member) {
    await end(leased, { status: 'dropped', error: 'They are no longer a member.' });
    return true;
  }
  const settings = settingsOf(await db.system((connection) => readSettingsNow(connection, due)));
  const way = wayOf(due);
  const isWanted = (each: LeasedDelivery) => wants(settings, each, way, due);
  // What has been tried stays as it was: a message that was sent and not noted is the same one.
  const whole = !isNew && leased.some(isWanted);
  const [wanted, unwanted] = partition(leased, (each) => whole || (isWanted(each) && !each.read));
  await end(unwanted, { status: 'dropped' });
  const until = (each: LeasedDelivery) =>
    each.kind === 'test' ? null : heldUntil(settings, each.critical, now);
  const goesWhole = whole && leased.some((each) => until(each) === null);
  const [sendable, held] = partition(wanted, (each) => goesWhole || until(each) === null);
  if (held.length > 0)
    await db.system((connection) =>
      postponeDeliveries(connection, idsOf(held), { until: until(held[0]!)!, asNew: isNew }),
    );
  if (sendable.length === 0) return true;

  const id = due.messageId ?? newMessageId;
  const lineIds = new Set(sendable.map(({ lineId }) => lineId));
  const speaker = await speakerOf(settings.language);
  const message: Message = {
    id,
    tenantId: due.tenantId,
    tag: lineIds.size === 1 ? sendable[0]!.lineId : id,
    member,
    kinds: [...new Set(sendable.map(({ kind }) => kind))],
    critical: sendable.some(({ critical }) => critical),
    speaker,
    ...saidOf(linesOf(sendable), speaker),
  };
  const result = await senders[way](services, message, due);
  if (result.sent) await end(sendable, { status: 'sent', executionId: result.executionId ?? null });
  else await settleFailure(services, clock, sendable, result);
  return true;
}

type Way = 'email' | 'tool' | 'push';

function wayOf({ channelId, push }: DueMessage): Way {
  if (push) return 'push';
  return channelId === null ? 'email' : 'tool';
}

const senders: Record<
  Way,
  (services: NotificationServices, message: Message, due: DueMessage) => Promise<Sent>
> = {
  email: sendByEmail,
  tool: (services, message, { channelId }) => sendByTool(services, channelId!, message),
  push: (services, message, { channelId }) => sendByPush(services, channelId!, message),
};

const chosen: Record<Way, (choice: KindChoice, critical: boolean, due: DueMessage) => boolean> = {
  email: ({ email }, critical) => (email === 'critical' ? critical : email !== 'off'),
  tool: ({ channels }, _, { channelId }) => channels.includes(channelId!),
  push: ({ browser }) => browser,
};

/** Whether the person still wants a notification in this way. */
function wants(
  settings: PersonSettings,
  { kind, critical }: LeasedDelivery,
  way: Way,
  due: DueMessage,
): boolean {
  const known = notificationKinds.find((each) => each === kind);
  return !known || chosen[way](settings.kinds[known], critical, due);
}

/** More than people read at once is on the page. */
function saidOf(english: NoticeLine[], { say, said }: Speaker): Pick<Message, 'lines' | 'count'> {
  const lines = english.map((line) => ({ ...line, text: said(line.text) }));
  const more = lines.length - mostLines;
  if (more <= 0) return { lines, count: lines.length };
  const rest = { text: say`And ${more} more`, link: '/notifications' };
  return { lines: [...lines.slice(0, mostLines), rest], count: lines.length };
}

async function settleFailure(
  { db }: NotificationServices,
  clock: Clock,
  all: LeasedDelivery[],
  { error, retry, afterMs }: Extract<Sent, { sent: false }>,
): Promise<void> {
  const seconds = retry ? retrySeconds[all[0]!.attempts - 1] : undefined;
  const now = clock();
  await db.system((connection) =>
    seconds === undefined
      ? endDeliveries(connection, idsOf(all), { status: 'failed', error, now })
      : postponeDeliveries(connection, idsOf(all), {
          until: new Date(now.getTime() + Math.max(seconds * 1000 * (1 + Math.random() / 10), afterMs ?? 0)),
          failure: { error, at: now },
          asNew: false,
        }),
  );
}

const idsOf = (all: readonly LeasedDelivery[]): string[] => all.map(({ id }) => id);

const partition = <T>(all: readonly T[], is: (each: T) => boolean): [T[], T[]] => [
  all.filter(is),
  all.filter((each) => !is(each)),
];
