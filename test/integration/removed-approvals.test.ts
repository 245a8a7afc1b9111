import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { removeApprovals } from '../../shared/executions/db/remove-approvals.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { connectTo } from '../support/connect-admin.ts';
import { createOwnDatabase } from '../support/own-database.ts';

test('what people were asked goes with the months of the executions, and nothing else', async () => {
  const { databaseUrl, adminUrl } = await createOwnDatabase();
  const admin = await connectTo(adminUrl);
  const db = openDatabase(databaseUrl);
  const tenant = uuidv7();
  const ask = async (at: Date): Promise<string> => {
    const id = uuidv7({ msecs: at.getTime() });
    await admin.query(
      `INSERT INTO execution_approval (execution_id, tenant_id, required, roles, four_eyes, reason, current_version, request, expires_at)
       VALUES ($1, $2, 1, '{approver}', true, 'A policy', 1, '{}', now())`,
      [id, tenant],
    );
    await admin.query(
      `INSERT INTO execution_vote (execution_id, person, tenant_id, outcome, actor_type, actor_id, actor_name)
       VALUES ($1, 'ana@acme.test', $2, 'approved', 'user', 'ana', 'Ana')`,
      [id, tenant],
    );
    return id;
  };
  const month = (ahead: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 2));
  const now = new Date();
  // The month before is the oldest one that the table has.
  await ask(month(-3));
  await ask(month(-2));
  const kept = [await ask(month(-1)), await ask(month(0))].toSorted();
  expect(await db.system(removeApprovals)).toBe(2);
  for (const table of ['execution_approval', 'execution_vote']) {
    const { rows } = await admin.query(`SELECT execution_id AS id FROM ${table} ORDER BY execution_id`);
    expect(rows.map(({ id }) => id)).toEqual(kept);
  }
  expect(await db.system(removeApprovals)).toBe(0);
  await db.close();
  await admin.end();
});
