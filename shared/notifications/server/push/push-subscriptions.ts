import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { ChangeContext, ReadContext } from '../../../events/server/change-context.ts';
import { tell } from '../../../events/server/tell.ts';
import type { Identity } from '../../../identity/roles.ts';
import { listSessions } from '../../../people/db/account.ts';
import { deviceOf } from '../../../people/device.ts';
import type { Database } from '../../../platform/db/database.ts';
import { isForeignKeyViolation } from '../../../platform/db/unique-violation.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import { isUuid } from '../../../platform/ids.ts';
import type { Environment } from '../../../platform/server/environment.ts';
import type { Vault } from '../../../platform/server/vault.ts';
import { readFailures } from '../../db/notification-failures.ts';
import * as stored from '../../db/push-subscriptions.ts';
import type { PushSubscription, PushSubscriptions, SubscribeInput } from '../../notification-schemas.ts';
import { assertPerson } from '../own-notifications.ts';
import { isPublicPoint } from './encrypt-push.ts';
import type { PushKeys } from './push-keys.ts';
import { endpointProblem } from './push-services.ts';
import { sealEndpoint } from './stored-subscription.ts';

type Services = { pushKeys: PushKeys; vault: Vault; environment: Environment };

/** The list is read whole, and each gets every message. */
const mostBrowsers = 20;

/** The browsers of the person who asks, and the key with which they subscribe. */
export async function readSubscriptions({
  services,
  identity,
}: ReadContext<Services>): Promise<PushSubscriptions> {
  const { db, pushKeys } = services;
  const { tenantId, actor, sessionId } = identity;
  const devices = await devicesOf(db, actor.id);
  const items = await db.tenant(tenantId, async (connection) => {
    const rows = await stored.listSubscriptions(connection, actor.id);
    const failures = rows.length === 0 ? new Map() : await readFailures(connection, actor.id);
    return rows.map(
      (row): PushSubscription => ({
        id: row.id,
        device: devices.get(row.session_id) ?? deviceOf(null),
        service: row.service,
        current: row.session_id === sessionId,
        publicKey: row.public_key,
        lastFailure: failures.get(row.id) ?? null,
        createdAt: row.created_at.toISOString(),
      }),
    );
  });
  const { publicKey } = await pushKeys.current();
  return { items, nextCursor: null, publicKey, session: sessionId ?? null };
}

/** By session. */
async function devicesOf(db: Database, userId: string): Promise<ReadonlyMap<string, string>> {
  const sessions = await db.accounts((connection) => listSessions(connection, userId));
  return new Map(sessions.map(({ id, user_agent }) => [id, deviceOf(user_agent)]));
}

const sessionOf = (identity: Identity): string => {
  assertPerson(identity);
  if (identity.sessionId !== undefined) return identity.sessionId;
  throw new InterlockError('conflict', 'Only a browser in which you are signed in can subscribe.');
};

/** @throws InterlockError `invalid_input` at each part that no browser has made, or that is not for this deployment */
async function check({ pushKeys, environment }: Services, input: SubscribeInput): Promise<void> {
  const { endpoint, keys, publicKey } = input;
  const problem = endpointProblem(endpoint, environment);
  const issues = [
    ...(problem === null ? [] : [{ path: '/endpoint', message: problem, keyword: 'endpoint' }]),
    ...(isPublicPoint(Buffer.from(keys.p256dh, 'base64url'))
      ? []
      : [{ path: '/keys/p256dh', message: 'must be a point on P-256 in base64url', keyword: 'format' }]),
    ...(Buffer.from(keys.auth, 'base64url').length === 16
      ? []
      : [{ path: '/keys/auth', message: 'must be 16 bytes in base64url', keyword: 'format' }]),
    ...((await pushKeys.find(publicKey))
      ? []
      : [{ path: '/publicKey', message: 'is not a key of this deployment', keyword: 'key' }]),
  ];
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The subscription is not valid. Nothing was changed.', {
      issues,
    });
}

/**
 * The browser of the session that asks shows the person's notifications of this organization from now on, also while no page is
 * open. Doing it again renews it. @throws InterlockError `conflict`, `invalid_input`
 */
export async function subscribe(
  context: ChangeContext<Services>,
  input: SubscribeInput,
): Promise<PushSubscription> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const sessionId = sessionOf(identity);
  await check(services, input);
  const { endpoint, keys, publicKey } = input;
  const endpointDigest = createHash('sha256').update(endpoint).digest('base64url');
  const { host } = new URL(endpoint);
  const who = { tenantId, userId: actor.id, sessionId };
  const memberId = await memberIdOf(services.db, who);
  const device = (await devicesOf(services.db, actor.id)).get(sessionId) ?? deviceOf(null);
  const writing = services.db.systemTransaction(async (connection) => {
    await stored.lockSubscribing(connection, { ...who, endpointDigest });
    await stored.removeEarlierOf(connection, { ...who, endpointDigest });
    const { id: before, others } = await stored.readOwnSubscriptions(connection, who);
    if (others >= mostBrowsers)
      throw new InterlockError(
        'conflict',
        `Notifications go to ${mostBrowsers} browsers of yours already. Remove one of them first.`,
      );
    const newId = before ?? uuidv7();
    await stored.writeSubscription(connection, {
      id: newId,
      tenant_id: tenantId,
      user_id: actor.id,
      session_id: sessionId,
      member_id: memberId,
      public_key: publicKey,
      endpoint_digest: endpointDigest,
      service: host,
      endpoint_sealed: await sealEndpoint(services.vault, { tenantId, id: newId }, { endpoint, keys }),
    });
    if (before === null)
      await tell(connection, context, {
        type: 'PushSubscriptionAdded',
        subjectType: 'member',
        subjectId: actor.id,
        data: { device, service: host },
      });
    return newId;
  });
  const id = await writing.catch((error: unknown) => {
    if (!isForeignKeyViolation(error)) throw error;
    throw new InterlockError('conflict', 'Your session has ended meanwhile. Nothing was changed.');
  });
  const { items } = await readSubscriptions(context);
  const made = items.find((each) => each.id === id);
  // Another tab has removed it meanwhile.
  if (!made) throw new InterlockError('conflict', 'The browser was removed meanwhile.');
  return made;
}

async function memberIdOf(db: Database, { tenantId, userId }: stored.Subscriber): Promise<string> {
  const { rows } = await db.authPool.query<{ id: string }>(
    'SELECT id FROM auth.member WHERE "organizationId" = $1 AND "userId" = $2',
    [tenantId, userId],
  );
  if (!rows[0]) throw new InterlockError('conflict', 'You are no longer a member. Nothing was changed.');
  return rows[0].id;
}

/** Nothing is sent to it any more. @throws InterlockError `not_found`, also for that of another person */
export async function removeSubscription(context: ChangeContext, id: string): Promise<void> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const devices = await devicesOf(services.db, actor.id);
  await services.db.tenantTransaction(tenantId, async (connection) => {
    const row = isUuid(id) && (await stored.deleteSubscription(connection, { userId: actor.id, id }));
    if (!row) throw new InterlockError('not_found', 'Browser not found.');
    await tell(connection, context, {
      type: 'PushSubscriptionRemoved',
      subjectType: 'member',
      subjectId: actor.id,
      data: { device: devices.get(row.session_id) ?? deviceOf(null), service: row.service },
    });
  });
}
