import { takeRate } from '../../limits/server/rates.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { ExecutionContext } from './execution-context.ts';

/** What a request holds of this process while its execution is started and its caller waits. */
export interface Admission {
  /** The execution has started, or will not be started by this request. */
  begun(): void;
  /** From now on the execution holds what the request held, until it has ended. */
  written(executionId: string): void;
  /** The request has its response. */
  end(): void;
}

/**
 * Admits a request to this process before anything is read for it: at once, after a short wait for its turn, or not.
 * @param waitMs 0: no one waits for the outcome
 * @throws InterlockError `rate_limited` or `overloaded`
 */
export async function admitRequest(
  { open, starts, quiet }: Pick<ExecutionContext, 'open' | 'starts' | 'quiet'>,
  tenantId: string,
  waitMs: number,
): Promise<Admission> {
  quiet.busy();
  const place = await open.take(tenantId);
  try {
    const begun = await starts.take(tenantId, { patient: waitMs === 0 });
    let isWritten = false;
    return {
      begun,
      written(executionId) {
        isWritten = true;
        place.keepFor(executionId);
      },
      end() {
        quiet.busy();
        place.free();
        if (!isWritten) begun();
      },
    };
  } catch (error) {
    place.free();
    throw error;
  }
}

/**
 * Admits an execution if the tenant has not too many in flight, and every rate that concerns it has room. A retry by
 * Idempotency-Key does not count.
 * @param waits for an approval: it is not in flight
 * @returns call it when the execution is written, or will not be
 * @throws InterlockError `rate_limited`, with the seconds until there is room
 */
export async function admit(
  { db, inFlight }: Pick<ExecutionContext, 'db' | 'inFlight'>,
  tenantId: string,
  tool: LoadedTool,
  { waits }: { waits: boolean },
): Promise<() => void> {
  const written = waits ? () => {} : await inFlight.admit(tenantId);
  try {
    await takeRate(db, tool);
    return written;
  } catch (error) {
    written();
    throw error;
  }
}
