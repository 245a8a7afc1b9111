import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable, wasRefused } from '../../platform/db/database-errors.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { insertExecution, type NewExecution } from '../db/executions-insert.ts';
import { readExecution } from '../db/executions-read.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { ExecutionContext } from './execution-context.ts';

/** How long to find out whether an insert took effect whose response was lost. */
const lostResponseMs = 3000;

/**
 * Inserts an execution. When the response is lost, the same row is inserted again: its id decides whether it was there.
 * @returns null when the idempotency key is taken by another execution; then nothing was written
 * @throws the database's error. Nothing was written if it refused the insert; otherwise that is not known
 */
export async function writeExecution(
  { db }: Pick<ExecutionContext, 'db'>,
  tenantId: string,
  execution: NewExecution,
): Promise<ExecutionRow | null> {
  const insert = () => db.tenant(tenantId, (connection) => insertExecution(connection, execution));
  const read = () => db.tenant(tenantId, (connection) => readExecution(connection, tenantId, execution.id));
  const until = performance.now() + lostResponseMs;
  let lost = false;
  for (let delay = 100; ; delay *= 2) {
    try {
      return (await insert()) ?? (lost ? await read() : null);
    } catch (error) {
      if (lost && isUniqueViolation(error)) return read();
      if (!isDatabaseUnavailable(error) || performance.now() > until) throw error;
      if (!lost && wasRefused(error)) throw error;
      lost = true;
      await sleep(delay);
    }
  }
}
