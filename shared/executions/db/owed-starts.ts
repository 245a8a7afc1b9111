import type { SystemConnection } from '../../platform/db/database.ts';

/** The workflows of these executions have started, so nothing is owed any more. */
export async function forgetOwedStarts(connection: SystemConnection, ids: readonly string[]): Promise<void> {
  await connection.query({
    name: 'execution_forget_owed',
    text: 'DELETE FROM owed_start WHERE execution_id = ANY($1::uuid[])',
    values: [ids],
  });
}
