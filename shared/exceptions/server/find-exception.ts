import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { type ExceptionRow, readExceptionByNumber, readExceptionRow } from '../db/exceptions.ts';
import { readExceptionNumber } from '../exception-number.ts';

/** The tenant's exception with this id or number ("EX-6"). */
export async function findException(
  connection: TenantConnection,
  reference: string,
): Promise<ExceptionRow | null> {
  const number = readExceptionNumber(reference);
  return number === null
    ? readExceptionRow(connection, reference)
    : readExceptionByNumber(connection, number);
}

/** For executions, which know exceptions by their ids alone. */
export const exceptionFinder =
  (db: Database) =>
  async (tenantId: string, reference: string): Promise<string | null> => {
    const row = await db.tenant(tenantId, (connection) => findException(connection, reference));
    return row?.id ?? null;
  };
