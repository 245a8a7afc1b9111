import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { type Teller, tell } from '../../events/server/tell.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { parseHostPort } from '../../platform/host-port.ts';
import { isUuid } from '../../platform/ids.ts';
import type { CircuitBreakerSettings } from '../../tools/call-limits.ts';
import {
  type BreakerChange,
  type BreakerRow,
  countOpenBreakers,
  findBreaker,
  findBreakerOf,
  listBreakers,
  publishOpenHosts,
  writeBreaker,
} from '../db/breakers.ts';
import { lockTenantLimits } from '../db/limit-settings.ts';
import type { Breaker } from '../limit-schemas.ts';

const interlock = { type: 'system', id: 'worker', name: 'Interlock' } as const;
const longestOpenMs = 5 * 60_000;
/** Of what a host asks for by Retry-After: it may be wrong, and a probe is one call. */
const longestAskedMs = 60 * 60_000;
/** Every process reads them with the tool that it calls, and the page lists as many. */
const mostHosts = 500;

/** What a change makes of a breaker; null: nothing. */
type Next = (Omit<BreakerChange, 'id' | 'host'> & { type: EventType }) | null;
type Find = (connection: TenantConnection) => Promise<BreakerRow | null>;

/** Changes a breaker, with its event, and tells every process when calls stop or go on. */
async function change(
  db: Database,
  teller: Teller,
  host: string | null,
  find: Find,
  next: (before: BreakerRow | null) => Next,
): Promise<BreakerRow | null> {
  return db.tenantTransaction(teller.identity.tenantId, async (connection) => {
    await lockTenantLimits(connection);
    const before = await find(connection);
    const to = before || host ? next(before) : null;
    if (!to) return before;
    const { type, ...values } = to;
    const row = await writeBreaker(
      connection,
      { id: before?.id ?? uuidv7(), host: before?.host ?? host!, ...values },
      teller.identity.actor,
    );
    if ((before?.state ?? 'closed') !== row.state) await publishOpenHosts(connection);
    await tell(connection, teller, {
      type,
      subjectType: 'breaker',
      subjectId: row.id,
      data: { host: row.host, reason: row.reason, retryAt: row.retry_at?.toISOString() ?? null },
    });
    return row;
  });
}

const byItself = (tenantId: string): Teller => ({ identity: { tenantId, actor: interlock } });

/** @param retryAfterMs as the host asks for it; 0: it does not */
export async function openBreaker(
  db: Database,
  tenantId: string,
  host: string,
  reason: string,
  { openSeconds }: CircuitBreakerSettings,
  retryAfterMs: number,
): Promise<void> {
  const find: Find = (connection) => findBreakerOf(connection, host);
  await change(db, byItself(tenantId), host, find, (before) =>
    (before?.state ?? 'closed') === 'closed'
      ? {
          type: 'BreakerOpened',
          state: 'open',
          reason,
          openings: 1,
          retryMs: Math.max(openSeconds * 1000, Math.min(retryAfterMs, longestAskedMs)),
        }
      : null,
  );
}

/** Closes the breaker after a probe that succeeded, or keeps it open for longer. */
export async function settleProbe(
  db: Database,
  tenantId: string,
  host: string,
  executionId: string,
  result: { failed: boolean; retryAfterMs: number },
  { openSeconds }: CircuitBreakerSettings,
): Promise<void> {
  const find: Find = (connection) => findBreakerOf(connection, host);
  await change(db, byItself(tenantId), host, find, (before) => {
    if (before?.state !== 'open' || before.probe_by !== executionId) return null;
    if (!result.failed)
      return {
        type: 'BreakerClosed',
        state: 'closed',
        reason: 'A probe succeeded.',
        openings: 0,
        retryMs: null,
      };
    const openMs = Math.min(openSeconds * 1000 * 2 ** before.openings, longestOpenMs);
    return {
      type: 'BreakerProbeFailed',
      state: 'open',
      reason: before.reason,
      openings: before.openings + 1,
      retryMs: Math.max(openMs, Math.min(result.retryAfterMs, longestAskedMs)),
    };
  });
}

/** Every breaker that has ever opened. */
export async function readBreakers({ services, identity }: ReadContext): Promise<{ items: Breaker[] }> {
  const rows = await services.db.tenant(identity.tenantId, listBreakers);
  return { items: rows.map(breakerView) };
}

/**
 * Pauses the calls to a host until someone resets its breaker.
 * @throws InterlockError `invalid_input`, or `conflict` when too many hosts are not called
 */
export async function holdHost(
  context: ChangeContext,
  input: { host: string; reason: string },
): Promise<Breaker> {
  const host = parseHostPort(input.host)?.hostPort;
  if (!host) {
    throw new InterlockError('invalid_input', 'The host is not valid. Nothing was changed.', {
      issues: [{ path: '/host', message: 'must be host:port, such as pay.example:443', keyword: 'format' }],
    });
  }
  const row = await change(
    context.services.db,
    context,
    host,
    roomFor((connection) => findBreakerOf(connection, host)),
    (before) => held(before, input.reason),
  );
  return breakerView(row!);
}

/** The same for a host that has a breaker. @throws InterlockError `not_found` or `conflict` */
export function holdBreaker(context: ChangeContext, id: string, reason: string): Promise<Breaker> {
  return changeFound(context, roomFor(byId(id)), (before) => held(before, reason));
}

/** @throws InterlockError `conflict` when a host that is called could not be held */
const roomFor =
  (find: Find): Find =>
  async (connection) => {
    const before = await find(connection);
    const isCalled = (before?.state ?? 'closed') === 'closed';
    if (isCalled && (await countOpenBreakers(connection)) >= mostHosts)
      throw new InterlockError(
        'conflict',
        `The calls to at most ${mostHosts} hosts can be paused or held. Nothing was changed. Reset others first.`,
      );
    return before;
  };

/** Lets calls leave again. @throws InterlockError `not_found` */
export function resetBreaker(context: ChangeContext, id: string): Promise<Breaker> {
  return changeFound(context, byId(id), (before) =>
    before?.state === 'closed'
      ? null
      : { type: 'BreakerReset', state: 'closed', reason: 'Reset by hand.', openings: 0, retryMs: null },
  );
}

const held = (before: BreakerRow | null, reason: string): Next =>
  before?.state === 'held' && before.reason === reason
    ? null
    : { type: 'BreakerHeld', state: 'held', reason, openings: 0, retryMs: null };

const byId =
  (id: string): Find =>
  async (connection) =>
    isUuid(id) ? findBreaker(connection, id) : null;

async function changeFound(
  context: ChangeContext,
  find: Find,
  next: (before: BreakerRow | null) => Next,
): Promise<Breaker> {
  const row = await change(context.services.db, context, null, find, next);
  if (!row) throw new InterlockError('not_found', 'Breaker not found.');
  return breakerView(row);
}

export function breakerView(row: BreakerRow): Breaker {
  const probes = row.state === 'open' && row.probe_until !== null && row.probe_until.getTime() > Date.now();
  return {
    id: row.id,
    host: row.host,
    state: probes ? 'half_open' : row.state,
    reason: row.reason,
    since: row.since.toISOString(),
    retryAt: row.retry_at?.toISOString() ?? null,
    changedBy: { type: row.changed_by_type, id: row.changed_by_id, name: row.changed_by_name },
  };
}
