import { type Client, isGrpcServiceError } from '@temporalio/client';
import { TemporalTimeoutError, within } from '../../platform/server/temporal/within.ts';

/** Spares requests the wait for a Temporal that is away. */
export interface StartCircuit {
  /**
   * Whether Temporal is away, as consecutive starts and a probe have shown. One caller a second then waits up to a second
   * for another probe.
   */
  isAway(): Promise<boolean>;
  /** Call it around each start. @returns call it at the end, with the error if there was one: whether Temporal is away */
  watch(): (error?: unknown) => Promise<boolean>;
}

/** Consecutive starts that fail before the next ones are not tried. */
const failuresToOpen = 3;
const openMs = 1000;
const probeMs = 1000;

/**
 * A failed start says something about itself only: it may be slow because there are so many. Temporal is away when a
 * probe, which has nothing to do with starts, fails as well.
 */
export function createStartCircuit(client: Client): StartCircuit {
  let failures = 0;
  /** 0: closed. */
  let openUntil = 0;
  let probing: Promise<boolean> | null = null;

  function probe(): Promise<boolean> {
    probing ??= within(client, probeMs, () => client.workflowService.getSystemInfo({})).then(
      () => true,
      () => false,
    );
    const current = probing;
    void current.then(() => {
      if (probing === current) probing = null;
    });
    return current;
  }

  function close(): void {
    failures = 0;
    openUntil = 0;
  }

  async function checkAway(): Promise<boolean> {
    if (await probe()) {
      close();
      return false;
    }
    if (failures >= failuresToOpen) openUntil = performance.now() + openMs;
    return true;
  }

  return {
    async isAway() {
      if (openUntil === 0) return false;
      return performance.now() < openUntil || checkAway();
    },
    watch() {
      // By the time a slow start has failed, the probe has ended.
      const slow = setTimeout(() => void probe(), probeMs);
      return async (error) => {
        clearTimeout(slow);
        if (error === undefined || !meansAway(error)) {
          close();
          return false;
        }
        failures += 1;
        return checkAway();
      };
    },
  };
}

/** gRPC: DEADLINE_EXCEEDED, UNAVAILABLE. */
const awayCodes = new Set([4, 14]);
/** gRPC: RESOURCE_EXHAUSTED. */
const busyCode = 8;

/** Whether the same start may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return meansAway(error) || grpcCode(error) === busyCode;
}

function meansAway(error: unknown): boolean {
  return error instanceof TemporalTimeoutError || awayCodes.has(grpcCode(error) ?? 0);
}

/** The SDK wraps the error of the connection. */
function grpcCode(error: unknown): number | null {
  if (isGrpcServiceError(error)) return Number(error.code);
  return error instanceof Error && error.cause !== undefined ? grpcCode(error.cause) : null;
}
