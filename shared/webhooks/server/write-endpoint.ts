import { v7 as uuidv7 } from 'uuid';
import { readLastChange } from '../../events/db/last-change.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { type CurrentState, refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { ReservedHosts } from '../../platform/server/egress/reserved-hosts.ts';
import type { Vault } from '../../platform/server/vault.ts';
import {
  archiveEndpoint as archive,
  type EndpointRow,
  failPendingDeliveries,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  unarchiveEndpoint,
  updateEndpoint as update,
} from '../db/webhooks-endpoints.ts';
import { offeredEventTypes } from '../offered-event-types.ts';
import type { WebhookEndpoint, WebhookEndpointWithSecret } from '../webhook-schemas.ts';
import { newWebhookSecret, openSecrets, rotated, sealSecrets } from './webhook-secret.ts';
import { webhookUrlProblem } from './webhook-url.ts';
import { endpointView } from './webhook-views.ts';

type WriteContext = ChangeContext<{ vault: Vault; reservedHosts: ReservedHosts }>;

/** The list is read whole, so it has to stay short. */
const maxEndpoints = 50;

export function endpointNotFound(): InterlockError {
  return new InterlockError('not_found', 'Endpoint not found.');
}

const tooMany = () =>
  new InterlockError('conflict', `An organization has at most ${maxEndpoints} endpoints.`);

/** Oldest first. */
export async function readEndpoints({ services, identity }: ReadContext): Promise<WebhookEndpoint[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const reach = await readTenantEgress(connection);
    return (await listEndpoints(connection)).map((row) => endpointView(row, reach));
  });
}

/** @throws InterlockError `invalid_input`, or `conflict` when the tenant has too many endpoints */
export function createEndpoint(
  context: WriteContext,
  input: { url: string; description: string; eventTypes: string[] },
): Promise<WebhookEndpointWithSecret> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  return services.db.tenantTransaction(tenantId, async (connection) => {
    await assertValid(connection, services.reservedHosts, input);
    if ((await listEndpoints(connection)).length >= maxEndpoints) throw tooMany();
    const id = uuidv7();
    const secret = newWebhookSecret();
    const secretSealed = await sealSecrets(services.vault, { tenantId, endpointId: id }, [{ secret }]);
    const row = await insertEndpoint(connection, { ...input, id, secretSealed, actor });
    await tell(connection, context, {
      type: 'WebhookEndpointCreated',
      subjectType: 'webhook',
      subjectId: id,
      data: { host: hostOf(row), eventTypes: row.event_types },
    });
    return { ...endpointView(row, await readTenantEgress(connection)), secret };
  });
}

export interface EndpointChanges {
  url?: string | undefined;
  description?: string | undefined;
  eventTypes?: string[] | undefined;
  enabled?: boolean | undefined;
}

/** @throws InterlockError `not_found`, `invalid_input` or `precondition_failed` */
export async function updateEndpoint(
  context: WriteContext,
  id: string,
  { url, description, eventTypes, enabled }: EndpointChanges,
  ifMatch?: IfMatch,
): Promise<WebhookEndpoint> {
  const { tenantId, actor } = context.identity;
  const changed = changing(context, id, 'WebhookEndpointUpdated', async (connection, before) => {
    checkState(ifMatch, before.revision);
    await assertValid(connection, context.services.reservedHosts, { url, eventTypes }, before);
    const disabled = enabled === false && before.enabled;
    const after = await update(connection, {
      ...before,
      url: url ?? before.url,
      description: description ?? before.description,
      event_types: eventTypes ?? before.event_types,
      enabled: enabled ?? before.enabled,
      disabled_reason: disabled ? `Disabled by ${actor.name}` : enabled ? null : before.disabled_reason,
    });
    const reason = 'Not sent: the endpoint was disabled';
    const abandoned = disabled
      ? { abandoned: await failPendingDeliveries(connection, { tenantId, endpointId: id, reason }) }
      : {};
    const fields = Object.entries({ url, description, eventTypes, enabled }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    );
    return { after, data: { fields, host: hostOf(after), enabled: after.enabled, ...abandoned } };
  });
  return changed.catch(refuseStale(() => currentEndpoint(context, id)));
}

function currentEndpoint({ services, identity }: WriteContext, id: string): Promise<CurrentState> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = (await listEndpoints(connection)).find((each) => each.id === id);
    const last = await readLastChange(connection, 'webhook', id);
    if (!row) throw endpointNotFound();
    const current = endpointView(row, await readTenantEgress(connection));
    // The event log may no longer have it.
    const changedBy = last?.actor ?? creatorOf(row);
    return { what: 'The endpoint', changedBy, changedAt: current.updatedAt, current };
  });
}

/** The secret it replaces stays valid for a day. @throws InterlockError `not_found` */
export async function rotateSecret(context: WriteContext, id: string): Promise<WebhookEndpointWithSecret> {
  const { vault } = context.services;
  const ids = { tenantId: context.identity.tenantId, endpointId: id };
  const secret = newWebhookSecret();
  const endpoint = await changing(context, id, 'WebhookEndpointUpdated', async (connection, before) => {
    const secrets = rotated(await openSecrets(vault, ids, before.secret_sealed), secret);
    const after = await update(connection, {
      ...before,
      secret_sealed: await sealSecrets(vault, ids, secrets),
    });
    return { after, data: { fields: ['secret'], host: hostOf(after), enabled: after.enabled } };
  });
  return { ...endpoint, secret };
}

/** Its deliveries stay readable; pending ones fail. @throws InterlockError `not_found` or `precondition_failed` */
export async function archiveEndpoint(context: WriteContext, id: string, ifMatch?: IfMatch): Promise<void> {
  const { tenantId } = context.identity;
  await changing(context, id, 'WebhookEndpointArchived', async (connection, before) => {
    checkState(ifMatch, before.revision);
    await archive(connection, id);
    const reason = 'Not sent: the endpoint was removed';
    const abandoned = await failPendingDeliveries(connection, { tenantId, endpointId: id, reason });
    return { after: before, data: { abandoned } };
  }).catch(refuseStale(() => currentEndpoint(context, id)));
}

/**
 * Takes an archived endpoint back, disabled. One that is not archived stays as it is.
 * @throws InterlockError `not_found`, or `conflict` when the tenant has too many endpoints
 */
export async function restoreEndpoint(context: WriteContext, id: string): Promise<WebhookEndpoint> {
  if (!isUuid(id)) throw endpointNotFound();
  return context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
    const reach = await readTenantEgress(connection);
    const restored = await unarchiveEndpoint(connection, id);
    if (!restored) {
      const row = await lockEndpoint(connection, id);
      if (!row) throw endpointNotFound();
      return endpointView(row, reach);
    }
    if ((await listEndpoints(connection)).length > maxEndpoints) throw tooMany();
    await tell(connection, context, {
      type: 'WebhookEndpointUnarchived',
      subjectType: 'webhook',
      subjectId: id,
      data: { host: hostOf(restored) },
    });
    return endpointView(restored, reach);
  });
}

/**
 * Locks and changes an endpoint, and appends the event, in one transaction.
 * @param change returns the endpoint after the change, and the data of the event
 */
async function changing(
  context: WriteContext,
  id: string,
  type: EventType,
  change: (
    connection: TenantConnection,
    before: EndpointRow,
  ) => Promise<{ after: EndpointRow; data: Record<string, unknown> }>,
): Promise<WebhookEndpoint> {
  if (!isUuid(id)) throw endpointNotFound();
  return context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
    const before = await lockEndpoint(connection, id);
    if (!before) throw endpointNotFound();
    const { after, data } = await change(connection, before);
    await tell(connection, context, { type, subjectType: 'webhook', subjectId: id, data });
    return endpointView(after, await readTenantEgress(connection));
  });
}

/** A URL may hold a secret in its path, so events name its host only. */
function hostOf(row: EndpointRow): string {
  return new URL(row.url).host;
}

/**
 * An endpoint keeps the event types that it has, also those that are no longer offered.
 * @throws InterlockError `invalid_input` naming everything that is wrong
 */
async function assertValid(
  connection: TenantConnection,
  reserved: ReservedHosts,
  { url, eventTypes = [] }: Pick<EndpointChanges, 'url' | 'eventTypes'>,
  before?: EndpointRow,
): Promise<void> {
  const allowed = new Set<string>([...offeredEventTypes, ...(before?.event_types ?? [])]);
  const issues: Issue[] = eventTypes.flatMap((type, index) =>
    allowed.has(type)
      ? []
      : [
          {
            path: `/eventTypes/${index}`,
            message: 'is not an event type that is delivered',
            keyword: 'enum',
          },
        ],
  );
  if (url !== undefined) {
    const { privateHosts } = await readTenantEgress(connection);
    const message = webhookUrlProblem(url, { privateHosts, reserved });
    if (message) issues.push({ path: '/url', message, keyword: 'url' });
  }
  if (issues.length > 0) throw new InterlockError('invalid_input', 'The endpoint is not valid.', { issues });
}
