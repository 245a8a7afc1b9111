import { listOpenBreakers } from '../../limits/db/breakers.ts';
import { countPlaces } from '../../limits/db/places.ts';
import { boundsOf } from '../../limits/server/gate.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import { loadToolOn } from '../../tools/server/tool-service.ts';
import { countAhead } from '../db/executions-open.ts';
import type { ExecutionWithAttempts } from '../db/executions-read.ts';
import { isTerminal } from '../db/executions-row.ts';
import type { Waiting } from '../execution-schemas.ts';
import type { ExecutionServices } from './execution-services.ts';

/** Counting ends here. */
const mostAhead = 1000;

/**
 * Why an open execution makes no call now, how many are ahead of it, and when it is tried. Computed for the reader alone.
 * @returns null when it has ended, a call is in progress, or people have to decide first
 */
export async function waitingOf(
  { db }: Pick<ExecutionServices, 'db'>,
  row: ExecutionWithAttempts,
): Promise<Waiting | null> {
  const latest = row.attempt_rows.at(-1);
  const isCalling = latest?.status === 'running';
  if (isTerminal(row) || isCalling || row.approval_status === 'waiting' || row.cancel_requested_at)
    return null;
  return db.tenant(row.tenant_id, async (connection) => {
    const tool = await loadToolOn(connection, row.tool_id, {
      version: row.tool_version,
      connectorRevision: row.connector_revision,
    });
    const hosts = tool ? targetHosts(tool.definition) : [];
    const ahead = (toolId: string | null) => countAhead(connection, row.id, toolId, mostAhead);
    const [open] = tool && tool.limits.openHosts.length > 0 ? await listOpenBreakers(connection, hosts) : [];
    if (open) {
      const held = open.state === 'held';
      return {
        reason: 'breaker_open',
        message: `Calls to ${open.host} are ${held ? 'held' : 'paused'}: ${open.reason}`,
        ahead: await ahead(row.tool_id),
        nextTryAt: held ? null : (open.retry_at?.toISOString() ?? null),
      };
    }
    const due = latest?.will_retry_at ? new Date(latest.will_retry_at) : null;
    if (latest && due && due.getTime() > Date.now()) {
      const limited = latest.error_code === 'rate_limited';
      return {
        reason: limited ? 'rate_limit' : 'retry',
        message: limited
          ? 'The provider limits its calls.'
          : `Attempt ${latest.number} failed. The next one follows after the backoff.`,
        ahead: null,
        nextTryAt: due.toISOString(),
      };
    }
    const bounds = tool ? boundsOf(tool) : [];
    const used = bounds.length > 0 ? await countPlaces(connection) : new Map<string, number>();
    const full = bounds.find(({ scope, calls }) => (used.get(scope) ?? 0) >= calls);
    if (full) {
      return {
        reason: 'concurrency',
        message: `${full.calls} ${full.calls === 1 ? 'call' : 'calls'} at once ${full.calls === 1 ? 'is' : 'are'} allowed, and as many are in progress.`,
        ahead: await ahead(row.tool_id),
        nextTryAt: null,
      };
    }
    return {
      reason: 'backlog',
      message: 'Waits for its turn in this organization.',
      ahead: await ahead(null),
      nextTryAt: null,
    };
  });
}
