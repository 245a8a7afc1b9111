import { tell } from '../../events/server/tell.ts';
import { findIdempotencyKey } from '../../executions/db/executions-insert.ts';
import { type Actor, can } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import { disableChannel, readChannelNow } from '../db/notification-sending.ts';
import { type ChannelScope, channelInput } from './channel-input.ts';
import type { Message, Sent } from './message.ts';
import type { NotificationServices } from './notification-services.ts';
import { notifier } from './notifier.ts';
import { type Organization, organizationOf } from './organization.ts';

/** What may be otherwise in a moment. */
const passing: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'overloaded', 'unavailable', 'internal']);

export const scopeOf = (
  { member, lines, count, critical }: Pick<Message, 'member' | 'lines' | 'count' | 'critical'>,
  { slug, name }: Organization,
  publicUrl: string,
): ChannelScope => {
  const absolute = lines.map(({ text, link }) => ({ text, link: `${publicUrl}/t/${slug}${link}` }));
  return {
    notice: {
      text: absolute.map(({ text, link }) => `${text}\n${link}`).join('\n'),
      title: absolute[0]!.text,
      link: absolute[0]!.link,
      count,
      critical,
      lines: absolute,
    },
    person: { name: member.name, email: member.email },
    organization: { name, slug },
  };
};

/**
 * Sends a message by the tool of a channel: an ordinary execution, of who owns the channel, with the policies of the tool.
 * Its key is that of the message, so it is requested once.
 */
export async function sendByTool(
  services: NotificationServices,
  channelId: string,
  message: Message,
): Promise<Sent> {
  const { db, accounts, executor, environment, log } = services;
  const { tenantId } = message;
  const idempotencyKey = `notification/${message.id}`;
  try {
    const before = await db.tenant(tenantId, (connection) => findIdempotencyKey(connection, idempotencyKey));
    if (before) return { sent: true, executionId: before.execution_id };
    const channel = await db.system((connection) => readChannelNow(connection, tenantId, channelId));
    const organization = await organizationOf(services, tenantId);
    if (!channel || !organization)
      return { sent: false, error: 'The channel is disabled or removed.', retry: false };
    const owner: Actor = { type: channel.ownerType, id: channel.ownerId, name: channel.ownerName };
    const identity = await accounts.identityOf(tenantId, owner);
    if (!identity || !can(identity, 'tools.execute') || !can(identity, 'notification_channels.write')) {
      const reason = `${owner.name} may no longer send by it. A tenant admin who saves it becomes its owner.`;
      await disable(services, { tenantId, channelId, name: channel.name, reason });
      return { sent: false, error: reason, retry: false };
    }
    const payload = await channelInput(
      channel.input,
      scopeOf(message, organization, environment.publicUrl),
      tenantId,
    );
    const call = { identity, toolId: channel.toolId, payload, idempotencyKey, requestId: message.id };
    const { id } = await withOrigin({ door: 'worker', address: null }, () =>
      executor.execute({ ...call, waitMs: 0 }),
    );
    return { sent: true, executionId: id };
  } catch (error) {
    if (error instanceof InterlockError) {
      const afterMs =
        error.retryAfterSeconds === undefined ? {} : { afterMs: error.retryAfterSeconds * 1000 };
      return { sent: false, error: error.message, retry: passing.has(error.code), ...afterMs };
    }
    log.error({ err: error, channelId }, 'a notification could not be sent by a tool');
    return { sent: false, error: 'It could not be sent.', retry: true };
  }
}

async function disable(
  { db }: NotificationServices,
  {
    tenantId,
    channelId,
    name,
    reason,
  }: { tenantId: string; channelId: string; name: string; reason: string },
): Promise<void> {
  await db.systemTransaction(async (connection) => {
    if (!(await disableChannel(connection, { tenantId, id: channelId, reason }))) return;
    await tell(
      connection,
      { identity: { tenantId, actor: notifier } },
      {
        type: 'NotificationChannelUpdated',
        subjectType: 'notification_channel',
        subjectId: channelId,
        data: { name, enabled: false, reason },
      },
    );
  });
}
