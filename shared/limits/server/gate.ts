import type { Logger } from 'pino';
import type { Database } from '../../platform/db/database.ts';
import { errorMessage } from '../../platform/error-message.ts';
import { hostBound } from '../../tools/call-limits.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import type { CallResult } from '../../tools/server/provider.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import { leaveProbe, type Standing, standBefore } from '../db/breakers.ts';
import { type Bound, freePlaces, keepPlaces, takePlaces } from '../db/places.ts';
import { openBreaker, settleProbe } from './breakers.ts';
import { createFailureCounts } from './failure-counts.ts';

/** Why a call does not begin now. */
export type Hindrance =
  | { reason: 'breaker_open'; message: string; retryAt: Date | null }
  | { reason: 'concurrency'; message: string };

/** The right of one attempt to call its host. */
export interface Pass {
  /** Set when the call must not be sent. */
  refused: Hindrance | null;
  /** The call has ended, or was not made (null). Frees its places and counts it. Never rejects. */
  ended(result: CallResult | null): Promise<void>;
}

/** What stands between a call and its host: circuit breakers, and bounds of calls at once. */
export interface Gate {
  /**
   * Costs no statement while no bound and no breaker concerns the tool.
   * @returns a pass, or why there is none now
   */
  enter(tool: LoadedTool, executionId: string): Promise<Pass | Hindrance>;
  /** Of an attempt that nothing stood in the way of: its result counts. */
  pass(tool: LoadedTool, executionId: string): Pass;
  /** Keeps the places of the calls in progress here. */
  keep(): Promise<void>;
}

/** Longer than a call may take to be settled after its timeout. */
const probeMarginMs = 10_000;

export const isPass = (entered: Pass | Hindrance): entered is Pass => 'ended' in entered;

/** What bounds the calls at once of a tool in its tenant. */
export function boundsOf({ toolId, connectorId, definition, limits }: LoadedTool): Bound[] {
  const { concurrency } = definition.policy ?? {};
  const bounds: Bound[] = [];
  if (concurrency !== undefined) bounds.push({ scope: `tool:${toolId}`, calls: concurrency });
  if (limits.shared?.concurrency !== undefined && connectorId !== null)
    bounds.push({ scope: `connector:${connectorId}`, calls: limits.shared.concurrency });
  for (const host of targetHosts(definition)) {
    const calls = hostBound(limits.tenant, host);
    if (calls !== null) bounds.push({ scope: `host:${host}`, calls });
  }
  return bounds;
}

export function createGate(db: Database, log: Logger): Gate {
  const failures = createFailureCounts();
  const holding = new Set<string>();

  /** @returns the host that this call probes; null: none */
  async function passBreakers(
    { loadedForId, definition, limits }: LoadedTool,
    executionId: string,
  ): Promise<{ probes: string | null } | Hindrance> {
    let probes: string | null = null;
    for (const host of targetHosts(definition)) {
      if (!limits.openHosts.includes(host)) continue;
      const standing = await db.tenant(loadedForId, (connection) =>
        standBefore(connection, host, executionId, definition.timeoutMs + probeMarginMs),
      );
      if (standing?.probes) probes = host;
      else if (standing && standing.state !== 'closed') return hindranceOf(host, standing);
    }
    return { probes };
  }

  async function free(tenantId: string, executionId: string): Promise<void> {
    if (!holding.delete(executionId)) return;
    await db.tenant(tenantId, (connection) => freePlaces(connection, executionId));
  }

  async function judge(
    { loadedForId: tenantId, definition, limits }: LoadedTool,
    executionId: string,
    probes: string | null,
    result: CallResult | null,
  ): Promise<void> {
    const failed = result && hasFailed(result);
    const { circuitBreaker } = limits.tenant;
    const retryAfterMs = result && !result.ok ? (result.retryAfterMs ?? 0) : 0;
    if (probes !== null) {
      if (failed === null) await db.tenant(tenantId, (connection) => leaveProbe(connection, executionId));
      else await settleProbe(db, tenantId, probes, executionId, { failed, retryAfterMs }, circuitBreaker);
      return;
    }
    if (failed === null || !circuitBreaker.enabled) return;
    for (const host of targetHosts(definition)) {
      const why = failures.count(`${tenantId}/${host}`, failed, circuitBreaker, limits.revision);
      if (why === null) continue;
      const reason = `${why}, the last one with ${lastWords(result)}.`;
      await openBreaker(db, tenantId, host, reason, circuitBreaker, retryAfterMs);
    }
  }

  const passOf = (tool: LoadedTool, executionId: string, probes: string | null): Pass => ({
    refused: null,
    async ended(result) {
      try {
        await free(tool.loadedForId, executionId);
        await judge(tool, executionId, probes, result);
      } catch (error) {
        // Places and probes end by themselves.
        log.warn({ executionId, reason: errorMessage(error) }, 'the end of a call could not be counted');
      }
    },
  });

  return {
    pass: (tool, executionId) => passOf(tool, executionId, null),

    async enter(tool, executionId) {
      const { loadedForId: tenantId } = tool;
      const stood = await passBreakers(tool, executionId);
      if (!('probes' in stood)) return stood;
      const bounds = boundsOf(tool);
      if (bounds.length > 0) {
        const full = await db.tenant(tenantId, (connection) => takePlaces(connection, executionId, bounds));
        if (full !== null) {
          if (stood.probes !== null)
            await db.tenant(tenantId, (connection) => leaveProbe(connection, executionId));
          const { calls } = bounds.find(({ scope }) => scope === full)!;
          return { reason: 'concurrency', message: fullMessage(tool, full, calls) };
        }
        holding.add(executionId);
      }
      return passOf(tool, executionId, stood.probes);
    },

    async keep() {
      if (holding.size > 0) await db.system((connection) => keepPlaces(connection, [...holding]));
    },
  };
}

/** A pass for a call that is not sent. */
export const refusedPass = (refused: Hindrance): Pass => ({ refused, ended: async () => {} });

/**
 * Whether the host has failed: no response, a 5xx, or a 429 that says for how long. Any other response says that it works.
 * @returns null when the call says nothing about its host
 */
export function hasFailed(result: CallResult): boolean | null {
  if (result.ok) return false;
  const { httpStatus, retryAfterMs, code, transient } = result;
  if (httpStatus !== undefined)
    return httpStatus >= 500 || (httpStatus === 429 && retryAfterMs !== undefined);
  if (code === 'invalid_output') return false;
  return (code === 'timeout' || code === 'provider_error') && transient ? true : null;
}

function lastWords(result: CallResult | null): string {
  if (result?.httpStatus !== undefined) return String(result.httpStatus);
  return result && !result.ok && result.code === 'timeout' ? 'a timeout' : 'no response';
}

function hindranceOf(host: string, { state, reason, retry_at, probe_until }: Standing): Hindrance {
  if (state === 'held')
    return { reason: 'breaker_open', message: `Calls to ${host} are held: ${reason}`, retryAt: null };
  const retryAt = new Date(Math.max(retry_at?.getTime() ?? 0, probe_until?.getTime() ?? 0));
  return { reason: 'breaker_open', message: `Calls to ${host} are paused: ${reason}`, retryAt };
}

function fullMessage({ definition }: LoadedTool, scope: string, calls: number): string {
  const [kind] = scope.split(':', 1);
  const what =
    kind === 'host' ? scope.slice('host:'.length) : kind === 'tool' ? definition.name : 'its connector';
  return `Waits for a place: ${calls} ${calls === 1 ? 'call' : 'calls'} at once to ${what}.`;
}
