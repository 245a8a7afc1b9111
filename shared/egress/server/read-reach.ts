import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { listReach, namesOf, type ReachRow } from '../db/reach.ts';
import type { ReachedHost } from '../egress-schemas.ts';

/** More kinds of requests than a page can show. */
const most = 1_000;

/** What was reached and refused in the last 30 days, by whom; the last request first. Counts are seconds late. */
export async function readReach({
  services,
  identity,
}: ReadContext): Promise<{ items: ReachedHost[]; nextCursor: null }> {
  const items = await services.db.tenant(identity.tenantId, reachOf);
  return { items, nextCursor: null };
}

export async function reachOf(connection: TenantConnection): Promise<ReachedHost[]> {
  const rows = await listReach(connection, most);
  const callers = rows.map(({ caller_type: type, caller_id: id }) => ({ type, id }));
  const names = await namesOf(connection, callers);
  return rows.map((row) => view(row, names));
}

function view(row: ReachRow, names: Map<string, string>): ReachedHost {
  const { host, port, caller_type: type, caller_id: id, outcome, methods } = row;
  const days = new Map<string, number>();
  for (const { day, count } of row.days) days.set(day, (days.get(day) ?? 0) + count);
  return {
    host,
    port,
    methods,
    caller: { type, id, name: names.get(`${type} ${id}`) ?? id },
    outcome,
    count: Number(row.count),
    lastAt: row.last_at.toISOString(),
    days: [...days].map(([day, count]) => ({ day, count })),
  };
}
