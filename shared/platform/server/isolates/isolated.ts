import { availableParallelism } from 'node:os';
import { EndedError } from './isolate.ts';
import { createIsolatePool } from './isolate-pool.ts';
import { maxValues } from './isolate-protocol.ts';

export interface Budget {
  /** CPU time of the isolate. Waiting for an isolate does not count. */
  cpuMs: number;
  /** Of the result as JSON. */
  maxBytes?: number;
  /** Whose work it is; owners share the isolates fairly. */
  tenantId: string;
}

/** Work that exceeded its budget. `message` completes "The expression …". */
export class BudgetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BudgetError';
  }
}

const modules = new Set<string>();
const pool = createIsolatePool(Math.min(4, Math.max(2, availableParallelism())), modules);
process.once('exit', () => pool.close());

const defaultMaxBytes = 1_048_576;

/**
 * The function, run in an isolate: a process of its own that is killed when the work exceeds its budget, so that nothing a
 * tenant writes can block or end this one. Arguments are copied; the result arrives as JSON.
 * @param run exported by `module` under its own name; it returns JSON and does not throw for what a tenant wrote
 * @throws BudgetError
 */
export function isolated<Args extends unknown[], Result>(
  run: (...args: Args) => Result | Promise<Result>,
  module: string,
): (budget: Budget, ...args: Args) => Promise<Result> {
  modules.add(module);
  return async ({ cpuMs, maxBytes = defaultMaxBytes, tenantId }, ...args) => {
    const job = { module, name: run.name, args, owner: tenantId, cpuMs, maxBytes };
    const reply = await pool.run(job).catch((error: unknown) => {
      throw error instanceof EndedError ? budgetError(error, cpuMs) : error;
    });
    if ('failed' in reply) throw new Error(reply.failed);
    if ('tooLarge' in reply)
      throw new BudgetError(`has a result of more than ${maxBytes / 1024} kB or ${maxValues} values`);
    return (reply.json === undefined ? undefined : JSON.parse(reply.json)) as Result;
  };
}

/** Ends the isolates of this process. What needs one later starts it again. */
export function closeIsolates(): void {
  pool.close();
}

function budgetError({ ending }: EndedError, cpuMs: number): BudgetError {
  switch (ending) {
    case 'time':
      return new BudgetError(`takes longer than ${cpuMs} ms`);
    case 'memory':
      return new BudgetError('needs too much memory');
    case 'lost':
      return new BudgetError('was interrupted twice. Try again');
  }
}
