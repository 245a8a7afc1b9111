import { z } from 'zod';
import { matchPath } from './http.ts';

export const faultSchema = z.strictObject({
  /** A path pattern: `/v1/payments/:id/refunds`, `/v1/shipments/*`. */
  path: z.string().startsWith('/'),
  method: z.string().toUpperCase().optional(),
  /** Responds with this status instead of the real response. */
  status: z.int().min(200).max(599).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
  /** How many calls it affects; all of them when absent. */
  times: z.int().min(1).optional(),
  dropConnection: z.boolean().optional(),
  /** Responds 200 with broken JSON. */
  malformed: z.boolean().optional(),
  /** Responds 200 with this body instead of the real one: JSON that does not match any schema. */
  body: z.json().optional(),
  retryAfterSeconds: z.int().min(0).optional(),
  /** The real work happens first, so the caller cannot know its outcome. */
  afterEffect: z.boolean().default(false),
});
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema> & { id: string; hits: number };

/** Faults on demand. They are in memory, so a restart removes them. */
export class Faults {
  #faults: Fault[] = [];
  #count = 0;

  add(input: FaultInput): Fault {
    const fault: Fault = { ...faultSchema.parse(input), id: `flt_${++this.#count}`, hits: 0 };
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The first fault that applies to this call, which counts as a hit. */
  take(method: string, path: string): Fault | null {
    const fault = this.#faults.find(
      (each) =>
        (!each.method || each.method === method) && matchPath(each.path, path) !== null && !isSpent(each),
    );
    if (fault) fault.hits += 1;
    return fault ?? null;
  }
}

function isSpent(fault: Fault): boolean {
  return fault.times !== undefined && fault.hits >= fault.times;
}
