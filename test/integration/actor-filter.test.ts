import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listEvents } from '../../shared/events/db/events.ts';
import { listExecutions } from '../../shared/executions/db/executions-read.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { connectAdmin } from '../support/connect-admin.ts';

describe('lists by actor', () => {
  const [tenantId, otherId] = [uuidv7(), uuidv7()];
  let db: Database;

  beforeAll(async () => {
    db = openDatabase(inject('servers').databaseUrl);
    const admin = await connectAdmin();
    const add = async (
      tenant: string,
      number: number,
      [actorId, actorName]: [string, string],
      status = 'succeeded',
    ) => {
      await admin.query(
        `INSERT INTO tool_execution (tenant_id, id, tool_id, tool_name, tool_title, tool_version, status, failure_code,
           requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, max_attempts, deadline_at, completed_at)
         VALUES ($1, $2, $2, 'tool', 'Tool', $3, $4, CASE WHEN $4 = 'failed' THEN 'timeout' END, 'user', $5, $6, 1, now(),
           CASE WHEN $4 IN ('succeeded', 'failed') THEN now() END)`,
        [tenant, uuidv7(), number, status, actorId, actorName],
      );
      await admin.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
         VALUES ($1, 'ToolUpdated', 'tool', $2, 'user', $3, $4)`,
        [tenant, number, actorId, actorName],
      );
    };
    await add(tenantId, 1, ['ana-1', 'Ana Lima']);
    await add(tenantId, 2, ['bo-2', 'Bo Old'], 'failed');
    await add(tenantId, 3, ['ana-1', 'Ana Lima'], 'failed');
    await add(tenantId, 4, ['liam-3', 'Liam 100%']);
    await add(tenantId, 5, ['bo-2', 'Bo New']);
    await add(otherId, 6, ['eve-4', 'Eve Lima']);
    await add(tenantId, 7, ['cy-5', 'Cy Lima'], 'running');
    await admin.end();
  });
  afterAll(() => db.close());

  const executions = (actor: string, filter: Partial<Parameters<typeof listExecutions>[1]> = {}) =>
    db.tenant(tenantId, async (connection) =>
      (await listExecutions(connection, { limit: 10, exceptionIds: [], ...filter, actor })).map(
        (row) => row.tool_version,
      ),
    );
  const events = (actor: string, filter: Partial<Parameters<typeof listEvents>[1]> = {}) =>
    db.tenant(tenantId, async (connection) =>
      (await listEvents(connection, { limit: 10, ...filter, actor })).map((row) => Number(row.subject_id)),
    );

  test.each<[string, number[]]>([
    ['ana-1', [3, 1]],
    ['LIMA', [7, 3, 1]],
    ['li', [7, 4, 3, 1]],
    ['100%', [4]],
    ['%', [4]],
    ['_', []],
    ['nobody', []],
    // The name that someone had last finds everything of theirs.
    ['new', [5, 2]],
    ['old', []],
  ])('%j means these', async (actor, expected) => {
    expect(await executions(actor)).toEqual(expected);
    expect(await events(actor)).toEqual(expected);
  });

  test('the pages of several actors are one list, with the other filters', async () => {
    expect(await executions('li', { limit: 2 })).toEqual([7, 4]);
    expect(await events('li', { limit: 2 })).toEqual([7, 4]);
    expect(await executions('li', { status: 'failed' })).toEqual([3]);
    expect(await executions('lima', { status: 'running' })).toEqual([7]);
    expect(await events('li', { subjectId: '3' })).toEqual([3]);
  });

  test('the worker is found by its id and its name', async () => {
    const id = await db.tenant(tenantId, async (connection) => {
      const rows = await connection.query<{ id: string }>({
        text: `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
          VALUES ($1, 'ToolUpdated', 'tool', '8', 'system', 'worker', 'Interlock') RETURNING id::text`,
        values: [tenantId],
      });
      return rows[0]?.id;
    });
    expect(id).toBeDefined();
    expect(await events('worker')).toEqual([8]);
    expect(await events('interlock')).toEqual([8]);
    expect(await events('l')).toEqual([8, 7, 4, 3, 1]);
  });
});
