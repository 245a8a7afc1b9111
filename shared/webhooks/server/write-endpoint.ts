import { v7 as uuidv7 } from 'uuid';
import { appendEvent } from '../../events/db/append-event.ts';
import { type EventType, eventTypes as knownTypes } from '../../events/event-types.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { readPrivateHosts } from '../../identity/db/tenant-settings.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  type EndpointRow,
  failPendingDeliveries,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  updateEndpoint,
} from '../db/webhooks-endpoints.ts';
import { newWebhookSecret, openSecrets, rotated, sealSecrets } from './webhook-secret.ts';
import { webhookUrlProblem } from './webhook-url.ts';

type WriteContext = ChangeContext<ExecutionServices>;

/** A list that is read whole; far more than anybody needs. */
const maxEndpoints = 50;

export function noEndpoint(): InterlockError {
  return new InterlockError('not_found', 'There is no such endpoint.');
}

export function createEndpoint(
  ctx: WriteContext,
  input: { url: string; description: string; eventTypes: string[] },
): Promise<{ row: EndpointRow; secret: string }> {
  const { tenantId, actor } = ctx.identity;
  return ctx.services.db.tenantTransaction(tenantId, async (connection) => {
    await assertValid(connection, input);
    if ((await listEndpoints(connection)).length >= maxEndpoints)
      throw new InterlockError('conflict', `An organisation has at most ${maxEndpoints} endpoints.`);
    const id = uuidv7();
    const secret = newWebhookSecret();
    const secretSealed = await sealSecrets(ctx.services.vault, { tenantId, endpointId: id }, [{ secret }]);
    const row = await insertEndpoint(connection, { ...input, id, secretSealed, actor });
    await tell(connection, ctx, 'WebhookEndpointCreated', id, {
      host: new URL(row.url).host,
      eventTypes: row.event_types,
    });
    return { row, secret };
  });
}

export interface EndpointChanges {
  url?: string | undefined;
  description?: string | undefined;
  eventTypes?: string[] | undefined;
  enabled?: boolean | undefined;
}

export async function changeEndpoint(
  ctx: WriteContext,
  id: string,
  { url, description, eventTypes, enabled }: EndpointChanges,
): Promise<EndpointRow> {
  const { tenantId, actor } = ctx.identity;
  let row: EndpointRow | undefined;
  await tellOfEndpoint(ctx, id, 'WebhookEndpointUpdated', async (connection, before) => {
    await assertValid(connection, { url, eventTypes });
    const turnedOff = enabled === false && before.enabled;
    row = await updateEndpoint(connection, {
      ...before,
      url: url ?? before.url,
      description: description ?? before.description,
      event_types: eventTypes ?? before.event_types,
      enabled: enabled ?? before.enabled,
      disabled_reason: turnedOff ? `Turned off by ${actor.name}` : enabled ? null : before.disabled_reason,
    });
    return {
      fields: Object.entries({ url, description, eventTypes, enabled }).flatMap(([name, value]) =>
        value === undefined ? [] : [name],
      ),
      host: new URL(row.url).host,
      enabled: row.enabled,
      ...(turnedOff
        ? {
            abandoned: await failPendingDeliveries(connection, {
              tenantId,
              endpointId: id,
              reason: 'Not sent: the endpoint was turned off',
            }),
          }
        : {}),
    };
  });
  return row!;
}

export async function rotateSecret(
  ctx: WriteContext,
  id: string,
): Promise<{ row: EndpointRow; secret: string }> {
  const ids = { tenantId: ctx.identity.tenantId, endpointId: id };
  const { vault } = ctx.services;
  const secret = newWebhookSecret();
  let row: EndpointRow | undefined;
  await tellOfEndpoint(ctx, id, 'WebhookEndpointUpdated', async (connection, before) => {
    const secrets = rotated(await openSecrets(vault, ids, before.secret_sealed), secret);
    row = await updateEndpoint(connection, {
      ...before,
      secret_sealed: await sealSecrets(vault, ids, secrets),
    });
    return { fields: ['secret'], host: new URL(row.url).host, enabled: row.enabled };
  });
  return { row: row!, secret };
}

/**
 * Changes an endpoint and appends the event that tells of it, in one transaction.
 * @param change gets the endpoint, locked; its answer is the event's data
 * @throws InterlockError `not_found`
 */
export async function tellOfEndpoint(
  ctx: WriteContext,
  id: string,
  type: EventType,
  change: (connection: TenantConnection, before: EndpointRow) => Promise<Record<string, unknown>>,
): Promise<void> {
  if (!isUuid(id)) throw noEndpoint();
  await ctx.services.db.tenantTransaction(ctx.identity.tenantId, async (connection) => {
    const before = await lockEndpoint(connection, id);
    if (!before) throw noEndpoint();
    await tell(connection, ctx, type, id, await change(connection, before));
  });
}

/** A URL may hold a secret in its path: the log gets its host. */
async function tell(
  connection: TenantConnection,
  { identity, requestId }: WriteContext,
  type: EventType,
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  await appendEvent(connection, identity.tenantId, {
    type,
    subjectType: 'webhook',
    subjectId: id,
    actor: identity.actor,
    requestId,
    data,
  });
}

/** @throws InterlockError `invalid_input` naming everything that is wrong */
async function assertValid(
  connection: TenantConnection,
  { url, eventTypes = [] }: Pick<EndpointChanges, 'url' | 'eventTypes'>,
): Promise<void> {
  const issues: Issue[] = eventTypes.flatMap((type, index) => {
    const message = typeProblem(type);
    return message ? [{ path: `/eventTypes/${index}`, message, keyword: 'enum' }] : [];
  });
  if (url !== undefined) {
    const message = webhookUrlProblem(url, await readPrivateHosts(connection));
    if (message) issues.push({ path: '/url', message, keyword: 'url' });
  }
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'Nothing can be sent to this endpoint.', { issues });
}

function typeProblem(type: string): string | null {
  if (type === 'WebhookDeliveryFailed') return 'is never delivered';
  return (knownTypes as readonly string[]).includes(type) ? null : 'is not a type of event';
}
