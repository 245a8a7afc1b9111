import { v7 as uuidv7 } from 'uuid';
import { expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { isDatabaseUnavailable } from '../../shared/platform/db/database-errors.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createTcpGate } from '../support/tcp-gate.ts';

test('a connection that breaks fails its own statement and nothing else', async () => {
  const url = new URL(inject('servers').databaseUrl);
  const port = await freePort('database', 0);
  const gate = createTcpGate(port, { host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${port}`;
  await gate.open();
  const db = openDatabase(url.href, { maxConnections: 1 });
  const admin = await connectAdmin();
  try {
    const marker = `SELECT pg_sleep(30), '${uuidv7()}'`;
    const outcome = db
      .tenant(uuidv7(), (connection) => connection.query({ text: marker }))
      .catch((error: unknown) => error);
    const active = `SELECT pid FROM pg_stat_activity WHERE query = $1 AND state = 'active'`;
    await eventually(async () => (await admin.query(active, [marker])).rowCount === 1);
    await gate.shut();
    expect(isDatabaseUnavailable(await outcome)).toBe(true);
    await gate.open();
    const rows = await db.tenant(uuidv7(), (connection) => connection.query({ text: 'SELECT 1 AS one' }));
    expect(rows).toEqual([{ one: 1 }]);
    await admin.query(`SELECT pg_terminate_backend(pid) FROM (${active}) abandoned`, [marker]);
  } finally {
    await Promise.all([db.close(), admin.end()]);
    await gate.shut();
  }
});
