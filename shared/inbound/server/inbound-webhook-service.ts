import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import { type OverlappingSecrets, replaceSecret } from '../../platform/server/overlapping-secrets.ts';
import {
  type InboundWebhookRow,
  insertInboundWebhook,
  listInboundWebhooks,
  lockArchivedInboundWebhook,
  lockInboundWebhook,
  readDeliveryHealth,
  readInboundWebhook,
  updateInboundWebhook,
} from '../db/inbound-webhooks.ts';
import type {
  InboundWebhook,
  InboundWebhookChanges,
  InboundWebhookWithSecret,
  NewInboundWebhook,
  RotateInboundSecret,
} from '../inbound-schemas.ts';
import { hmacSettingsSchema, type InboundScheme, schemeFacts } from '../inbound-schemes.ts';
import { accountableFor } from './accountable.ts';
import { checkedActions } from './check-actions.ts';
import { newReceiveKey, openInboundSecrets, sealInboundSecrets } from './inbound-secrets.ts';
import type { InboundChange, InboundRead } from './inbound-services.ts';
import { webhookView } from './inbound-views.ts';
import { schemeOf } from './schemes/registry.ts';

/** The list is read whole. */
const maxWebhooks = 100;
const subjectType = 'inbound_webhook';

export const webhookNotFound = () => new InterlockError('not_found', 'Inbound webhook not found.');

/** Oldest first. */
export async function readInboundWebhooks(context: InboundRead): Promise<InboundWebhook[]> {
  const { services, identity } = context;
  return services.db.tenant(identity.tenantId, async (connection) => {
    const rows = await listInboundWebhooks(connection);
    const health = await readDeliveryHealth(
      connection,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => webhookView(row, services.environment.publicUrl, health.get(row.id) ?? null));
  });
}

/** @throws InterlockError `not_found` */
export async function readOneInboundWebhook(context: InboundRead, id: string): Promise<InboundWebhook> {
  const { services, identity } = context;
  const found = isUuid(id)
    ? await services.db.tenant(identity.tenantId, async (connection) => {
        const row = await readInboundWebhook(connection, id);
        const health = row && (await readDeliveryHealth(connection, [id]));
        return row && webhookView(row, services.environment.publicUrl, health?.get(id) ?? null);
      })
    : null;
  if (!found) throw webhookNotFound();
  return found;
}

export const receiveDigest = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Adds an endpoint. With an idempotency key, it is added once; a secret that was made then is not shown again.
 * @throws InterlockError `invalid_input`, `idempotency_conflict`, or `conflict` when the tenant has too many
 */
export async function createInboundWebhook(
  context: InboundChange,
  input: NewInboundWebhook,
  idempotencyKey?: string,
): Promise<InboundWebhookWithSecret> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  assertFits(input.scheme, { hmac: input.hmac, idHeader: input.idHeader ?? undefined });
  const actions = await checkedActions(input.actions, tenantId);
  const { secret, made } = secretFor(input.scheme, input.secret);
  const accountable = await accountableFor(context, input.accountableUserId);
  const id = uuidv7();
  const secretSealed = await sealInboundSecrets(services.vault, { tenantId, webhookId: id }, [{ secret }]);
  const key = newReceiveKey();
  const request =
    idempotencyKey === undefined ? null : { key: idempotencyKey, fingerprint: fingerprintOf(context, input) };
  const row = await services.db.tenantTransaction(tenantId, async (connection) => {
    if (request && !(await insertRequestKey(connection, { ...request, subjectType, subjectId: id })))
      return createdBefore(connection, request);
    await checkRoom(connection);
    const inserted = await insertInboundWebhook(
      connection,
      {
        id,
        name: input.name,
        description: input.description,
        scheme: input.scheme,
        hmac: input.scheme === 'hmac' ? (input.hmac ?? hmacSettingsSchema.parse({})) : null,
        id_header: input.idHeader,
        receive_key: key,
        receive_digest: receiveDigest(key),
        secret_sealed: secretSealed,
        actions,
        requests_per_minute: input.rateLimit.requestsPerMinute,
        burst: input.rateLimit.burst,
        accountable_id: accountable?.id ?? null,
        accountable_name: accountable?.name ?? null,
        enabled: input.enabled,
      },
      actor,
    );
    await tell(connection, context, {
      type: 'InboundWebhookCreated',
      subjectType,
      subjectId: id,
      data: { name: input.name, scheme: input.scheme, actions: actions.map((each) => each.do), accountable },
    });
    return inserted;
  });
  const view = webhookView(row, services.environment.publicUrl, null);
  return { ...view, secret: made && row.id === id ? secret : null };
}

/** It covers the secret, so no one must be able to try values. */
function fingerprintOf({ services }: InboundChange, input: NewInboundWebhook): string {
  const digest = createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET);
  return digest('idempotency', input as unknown as JsonObject);
}

async function createdBefore(
  connection: TenantConnection,
  request: { key: string; fingerprint: string },
): Promise<InboundWebhookRow> {
  const entry = await findRequestKey(connection, subjectType, request.key);
  const row =
    entry?.fingerprint === request.fingerprint ? await readInboundWebhook(connection, entry.subjectId) : null;
  if (row) return row;
  throw new InterlockError('idempotency_conflict', 'This Idempotency-Key was used for another endpoint.');
}

/** @throws InterlockError `not_found`, `invalid_input` or `precondition_failed` */
export async function updateInboundWebhookById(
  context: InboundChange,
  id: string,
  changes: InboundWebhookChanges,
  ifMatch?: IfMatch,
): Promise<InboundWebhook> {
  const { tenantId } = context.identity;
  const { scheme } = await readOneInboundWebhook(context, id);
  assertFits(scheme, { hmac: changes.hmac, idHeader: changes.idHeader ?? undefined });
  const actions = changes.actions === undefined ? undefined : await checkedActions(changes.actions, tenantId);
  const accountable =
    changes.accountableUserId === undefined
      ? undefined
      : await accountableFor(context, changes.accountableUserId);
  await changing(context, id, ifMatch, async (connection) => {
    const { rateLimit } = changes;
    const after = await updateInboundWebhook(
      connection,
      id,
      {
        ...(changes.name !== undefined && { name: changes.name }),
        ...(changes.description !== undefined && { description: changes.description }),
        ...(changes.hmac !== undefined && { hmac: changes.hmac }),
        ...(changes.idHeader !== undefined && { id_header: changes.idHeader }),
        ...(actions !== undefined && { actions }),
        ...(changes.enabled !== undefined && { enabled: changes.enabled }),
        ...(rateLimit && { requests_per_minute: rateLimit.requestsPerMinute, burst: rateLimit.burst }),
        ...(accountable && { accountable_id: accountable.id, accountable_name: accountable.name }),
      },
      context.identity.actor,
    );
    const fields = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    await tell(connection, context, {
      type: 'InboundWebhookUpdated',
      subjectType,
      subjectId: id,
      data: { name: after.name, fields, enabled: after.enabled, revision: after.revision },
    });
  });
  return readOneInboundWebhook(context, id);
}

/**
 * Replaces the secret; the one before stays valid for the overlap.
 * @throws InterlockError `not_found`, `invalid_input` or `precondition_failed`
 */
export async function rotateInboundSecret(
  context: InboundChange,
  id: string,
  { secret: sent, overlapSeconds }: RotateInboundSecret,
  ifMatch?: IfMatch,
): Promise<InboundWebhookWithSecret> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const { scheme } = await readOneInboundWebhook(context, id);
  const { secret, made } = secretFor(scheme, sent);
  const ids = { tenantId, webhookId: id };
  await changing(context, id, ifMatch, async (connection, before) => {
    const known: OverlappingSecrets = await openInboundSecrets(services.vault, ids, before.secret_sealed);
    const secrets = replaceSecret(known, secret, overlapSeconds * 1000);
    const until = secrets[1]?.until;
    await updateInboundWebhook(
      connection,
      id,
      {
        secret_sealed: await sealInboundSecrets(services.vault, ids, secrets),
        secret_since: new Date(),
        previous_until: until === undefined ? null : new Date(until),
      },
      actor,
    );
    await tell(connection, context, {
      type: 'InboundWebhookUpdated',
      subjectType,
      subjectId: id,
      data: { name: before.name, fields: ['secret'], enabled: before.enabled, overlapSeconds },
    });
  });
  return { ...(await readOneInboundWebhook(context, id)), secret: made ? secret : null };
}

/** It receives nothing more; its deliveries stay readable. @throws InterlockError `not_found` or `precondition_failed` */
export async function archiveInboundWebhook(
  context: InboundChange,
  id: string,
  ifMatch?: IfMatch,
): Promise<void> {
  await changing(context, id, ifMatch, async (connection, before) => {
    await updateInboundWebhook(
      connection,
      id,
      { archived_at: new Date(), enabled: false },
      context.identity.actor,
    );
    await tell(connection, context, {
      type: 'InboundWebhookArchived',
      subjectType,
      subjectId: id,
      data: { name: before.name },
    });
  });
}

/**
 * Takes an archived endpoint back, disabled, at its old URL. One that is not archived stays as it is.
 * @throws InterlockError `not_found`, or `conflict` when the tenant has too many
 */
export async function restoreInboundWebhook(context: InboundChange, id: string): Promise<InboundWebhook> {
  if (!isUuid(id)) throw webhookNotFound();
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const before = await lockArchivedInboundWebhook(connection, id);
    if (!before) return;
    await checkRoom(connection);
    await updateInboundWebhook(connection, id, { archived_at: null }, identity.actor);
    await tell(connection, context, {
      type: 'InboundWebhookUnarchived',
      subjectType,
      subjectId: id,
      data: { name: before.name },
    });
  });
  return readOneInboundWebhook(context, id);
}

async function checkRoom(connection: TenantConnection): Promise<void> {
  if ((await listInboundWebhooks(connection)).length >= maxWebhooks)
    throw new InterlockError('conflict', `An organization has at most ${maxWebhooks} inbound webhooks.`);
}

/** Locks an endpoint and changes it in one transaction. */
async function changing(
  context: InboundChange,
  id: string,
  ifMatch: IfMatch | undefined,
  change: (connection: TenantConnection, before: InboundWebhookRow) => Promise<void>,
): Promise<void> {
  if (!isUuid(id)) throw webhookNotFound();
  await context.services.db
    .tenantTransaction(context.identity.tenantId, async (connection) => {
      const before = await lockInboundWebhook(connection, id);
      if (!before) throw webhookNotFound();
      checkState(ifMatch, before.revision);
      await change(connection, before);
    })
    .catch(
      refuseStale(async () => {
        const current = await readOneInboundWebhook(context, id);
        return {
          what: 'The inbound webhook',
          changedBy: current.updatedBy,
          changedAt: current.updatedAt,
          current,
        };
      }),
    );
}

/** The secret that the source has, or one that Interlock makes for it. @throws InterlockError `invalid_input` at `/secret` */
function secretFor(scheme: InboundScheme, sent: string | undefined): { secret: string; made: boolean } {
  const { checkSecret, newSecret } = schemeOf(scheme);
  if (sent === undefined) {
    const { title, made } = schemeFacts[scheme];
    if (!made || !newSecret) throw refuseSecret(`is required: ${title} makes it`);
    return { secret: newSecret(), made: true };
  }
  const problem = checkSecret?.(sent) ?? null;
  if (problem) throw refuseSecret(problem);
  return { secret: sent, made: false };
}

const refuseSecret = (message: string) =>
  new InterlockError('invalid_input', 'The secret is not valid for this scheme.', {
    issues: [{ path: '/secret', message, keyword: 'secret' }],
  });

const withoutId = new Set<InboundScheme>(['standard', 'github', 'stripe', 'slack']);

/** @throws InterlockError `invalid_input` for a setting that the scheme does not have */
function assertFits(
  scheme: InboundScheme,
  { hmac, idHeader }: { hmac: unknown; idHeader: string | undefined },
): void {
  const issues = [
    ...(hmac !== undefined && scheme !== 'hmac'
      ? [{ path: '/hmac', message: 'is only for the scheme hmac', keyword: 'scheme' }]
      : []),
    ...(idHeader !== undefined && withoutId.has(scheme)
      ? [{ path: '/idHeader', message: `${schemeFacts[scheme].title} has its own`, keyword: 'scheme' }]
      : []),
  ];
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Some fields do not fit the scheme.', { issues });
}
