import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable, wasRefused } from '../../platform/db/database-errors.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { nothing } from '../../platform/egress-rules.ts';
import { type InsertedExecution, insertExecution, type NewExecution } from '../db/executions-insert.ts';
import { readExecution } from '../db/executions-read.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { FirstAttempt } from './head-start.ts';

/** How long to find out whether an insert took effect whose response was lost. */
const lostResponseMs = 3000;

export interface WrittenExecution extends InsertedExecution {
  /** Whether its first attempt belongs to `first`, and has not been made by anyone. */
  begun: boolean;
}

/**
 * Inserts an execution of a tool as the caller knows it. When the response is lost, the same row is inserted again: its id
 * decides whether it was there. Its workflow then finds out what became of the first attempt.
 * @param first claims the first attempt with the row; null: its workflow does
 * @returns null when the idempotency key is taken by another execution, or the tool has changed; then nothing was written
 * @throws the database's error. Nothing was written if it refused the insert; otherwise that is not known
 */
export async function writeExecution(
  { db }: Pick<ExecutionContext, 'db'>,
  tenantId: string,
  execution: NewExecution,
  first: FirstAttempt | null,
): Promise<WrittenExecution | null> {
  const insert = () => {
    first?.asking();
    const mode = { current: true, begunBy: first?.worker ?? null };
    return db.tenant(tenantId, (connection) => insertExecution(connection, execution, mode));
  };
  const read = async () => {
    const row = await db.tenant(tenantId, (connection) => readExecution(connection, tenantId, execution.id));
    return row && { row, egress: nothing, begun: false };
  };
  const until = performance.now() + lostResponseMs;
  let lost = false;
  for (let delay = 100; ; delay *= 2) {
    try {
      const inserted = await insert();
      if (inserted) return { ...inserted, begun: first !== null };
      return lost ? await read() : null;
    } catch (error) {
      if (lost && isUniqueViolation(error)) return read();
      if (!isDatabaseUnavailable(error) || performance.now() > until) throw error;
      if (!lost && wasRefused(error)) throw error;
      lost = true;
      await sleep(delay);
    }
  }
}
