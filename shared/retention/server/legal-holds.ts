import { v7 as uuidv7, validate } from 'uuid';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import { type HoldWithNames, insertHold, isToolOf, listHolds, releaseHoldRow } from '../db/holds.ts';
import { lockRetention } from '../db/retention-settings.ts';
import type { LegalHold, NewHold } from '../hold-schemas.ts';

interface HoldServices {
  environment: Environment;
  /** The id of the exception with this id or number; null: there is none. */
  findException(tenantId: string, reference: string): Promise<string | null>;
}

const most = 200;

/** Those in force first. */
export async function readHolds({ services, identity }: ReadContext): Promise<{ items: LegalHold[] }> {
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listHolds(connection, { limit: most }),
  );
  return { items: rows.map(holdView) };
}

const subjectType = 'legal_hold';

/**
 * From then on nothing that it covers is removed: a batch of a removal ends before, or sees it. With an idempotency key, it is
 * placed once.
 * @throws InterlockError `invalid_input` for an unknown exception or tool, or `idempotency_conflict`
 */
export async function placeHold(
  context: ChangeContext<HoldServices>,
  { idempotencyKey: key, ...sent }: NewHold,
): Promise<LegalHold> {
  const { scope, exceptionId, toolId, from, until, reason } = sent;
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const exception = exceptionId === undefined ? null : await services.findException(tenantId, exceptionId);
  if (exceptionId !== undefined && !exception) throw unknown('/exceptionId', 'is not an exception');
  return services.db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    const request = key === undefined ? null : { key, fingerprint: fingerprintOf(services, sent) };
    const before = await createdBefore(connection, request && { ...request, subjectType, subjectId: id });
    if (before) return readHold(connection, before);
    await lockRetention(connection);
    if (toolId !== undefined && !(await isToolOf(connection, toolId)))
      throw unknown('/toolId', 'is not a tool');
    await insertHold(connection, {
      id,
      tenant_id: tenantId,
      scope,
      exception_id: exception,
      tool_id: toolId ?? null,
      from_at: from === undefined ? null : new Date(from),
      until_at: until === undefined ? null : new Date(until),
      reason,
      created_by_type: actor.type,
      created_by_id: actor.id,
      created_by_name: actor.name,
    });
    await tell(connection, context, {
      type: 'LegalHoldPlaced',
      subjectType: 'settings',
      subjectId: `hold/${id}`,
      exceptionId: exception,
      data: { scope, reason, toolId, from, until },
    });
    return readHold(connection, id);
  });
}

/** What it covered goes with the next removal, if its time has come. @throws InterlockError `not_found` */
export async function releaseHold(
  context: ChangeContext,
  { id, reason }: { id: string; reason: string },
): Promise<LegalHold> {
  const { services, identity } = context;
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const released = validate(id)
      ? await releaseHoldRow(connection, id, {
          release_reason: reason,
          released_by_id: identity.actor.id,
          released_by_name: identity.actor.name,
        })
      : null;
    if (!released)
      throw new InterlockError(
        'not_found',
        'Legal hold not found, or already released. Nothing was changed.',
      );
    await tell(connection, context, {
      type: 'LegalHoldReleased',
      subjectType: 'settings',
      subjectId: `hold/${id}`,
      exceptionId: released.exception_id,
      data: { scope: released.scope, reason },
    });
    return readHold(connection, id);
  });
}

const fingerprintOf = ({ environment }: HoldServices, sent: Omit<NewHold, 'idempotencyKey'>): string =>
  createKeyedDigest(environment.INTERLOCK_AUTH_SECRET)('idempotency', sent as JsonObject);

async function readHold(connection: TenantConnection, id: string): Promise<LegalHold> {
  const [row] = await listHolds(connection, { id, limit: 1 });
  return holdView(row!);
}

const unknown = (path: string, message: string) =>
  new InterlockError('invalid_input', 'The hold was not placed: what it should cover is unknown.', {
    issues: [{ path, message, keyword: 'unknown' }],
  });

function holdView(row: HoldWithNames): LegalHold {
  const { exception_id, exception_number, exception_title, tool_id, released_at } = row;
  return {
    id: row.id,
    scope: row.scope,
    exception:
      exception_id === null || exception_number === null
        ? null
        : { id: exception_id, number: exception_number, title: exception_title ?? '' },
    tool: tool_id === null ? null : { id: tool_id, title: row.tool_title ?? tool_id },
    from: row.from_at?.toISOString() ?? null,
    until: row.until_at?.toISOString() ?? null,
    reason: row.reason,
    createdBy: { type: row.created_by_type, id: row.created_by_id, name: row.created_by_name },
    createdAt: row.created_at.toISOString(),
    released: released_at && {
      at: released_at.toISOString(),
      by: row.released_by_name ?? '',
      reason: row.release_reason ?? '',
    },
  };
}
