import { EndedError, type Ending } from './isolate.ts';
import { decodeResult, encodeArgs, maxValues } from './isolate-protocol.ts';
import { type Supervisor, startSupervisor } from './supervisor.ts';

export interface Budget {
  /** CPU time of the isolate. Waiting for an isolate does not count. */
  cpuMs: number;
  /** Of the result as JSON. */
  maxBytes?: number;
  /** Whose work it is; tenants share the isolates fairly. */
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
let supervisor: Supervisor | null = null;

const defaultMaxBytes = 1_048_576;

/**
 * The function, run in an isolate: a process of its own that is killed when the work exceeds its budget, so that nothing a
 * tenant writes can block or end this one. Arguments travel as JSON, or as bytes; the result as JSON, of which fields that
 * are a `JsonText` are not read.
 * @param run exported by `module` under its own name; it returns JSON and does not throw for what a tenant wrote
 * @throws BudgetError
 */
export function isolated<Args extends unknown[], Result>(
  run: (...args: Args) => Result | Promise<Result>,
  module: string,
): (budget: Budget, ...args: Args) => Promise<Result> {
  modules.add(module);
  return async ({ cpuMs, maxBytes = defaultMaxBytes, tenantId }, ...args) => {
    const job = { module, name: run.name, args: encodeArgs(args), owner: tenantId, cpuMs, maxBytes };
    const reply = await theSupervisor()
      .run(job)
      .catch((error: unknown) => {
        throw error instanceof EndedError ? new BudgetError(inWords(error.ending, cpuMs)) : error;
      });
    if ('failed' in reply) throw new Error(reply.failed);
    if ('tooLarge' in reply)
      throw new BudgetError(`has a result of more than ${maxBytes / 1024} kB or ${maxValues} values`);
    return decodeResult(reply) as Result;
  };
}

function theSupervisor(): Supervisor {
  if (supervisor) return supervisor;
  const started = startSupervisor(modules, () => {
    if (supervisor === started) supervisor = null;
  });
  supervisor = started;
  return started;
}

/** Ends the isolates of this process. What needs one later starts it again. */
export function closeIsolates(): void {
  supervisor?.close();
  supervisor = null;
}

function inWords(ending: Ending, cpuMs: number): string {
  switch (ending) {
    case 'time':
      return `takes longer than ${cpuMs} ms`;
    case 'memory':
      return 'needs too much memory';
    case 'lost':
      return 'was interrupted. Try again';
  }
}
