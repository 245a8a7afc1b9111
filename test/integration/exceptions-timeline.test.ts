import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import type { TimelineItem } from '../../shared/exceptions/exception-schemas.ts';
import { countStatements } from '../support/count-statements.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the timeline of an exception', () => {
  let api: TestApi;
  let acme: TestTenant;
  let toolId: string;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    toolId = (
      await acme.as.tool_admin('POST', '/api/tools', {
        name: 'echo',
        type: 'dummy',
        inputSchema: { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } },
      })
    ).body.id;
  });
  afterAll(() => api?.close());

  const create = async () => (await acme.as.operator('POST', '/api/exceptions', { title: 'x' })).body;
  const page = async (id: string, query = '') => {
    const response = await acme.as.viewer('GET', `/api/exceptions/${id}/timeline${query}`);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    return response.body as { items: TimelineItem[]; nextCursor: string | null };
  };
  const comment = (id: string, body: string) =>
    acme.as.operator('POST', `/api/exceptions/${id}/comments`, { body });
  const execute = (id: string, payload: unknown) =>
    acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload, exceptionId: id });

  test('the timeline lists events, comments, steps and executions together, oldest first', async () => {
    const { id } = await create();
    const { notMentioned, ...commented } = (await comment(id, 'Looking at it.')).body;
    expect(notMentioned).toEqual([]);
    expect(commented).toEqual({
      id: expect.any(String),
      body: 'Looking at it.',
      author: { type: 'api_key', id: expect.any(String), name: 'operator key' },
      mentions: [],
      createdAt: expect.any(String),
    });
    const step = { runId: uuidv7(), stepId: 'check', title: 'Check the account' };
    await api.services.db.tenant(acme.id, (connection) =>
      appendEvent(connection, acme.id, {
        type: 'StepOpened',
        subjectType: 'step',
        subjectId: uuidv7(),
        exceptionId: id,
        actor: { type: 'system', id: 'interlock', name: 'Interlock' },
        data: step,
      }),
    );
    const executed = (await execute(id, { pin: '4711-4711', amount: 1 })).body;
    expect(executed.status).toBe('succeeded');
    await acme.as.operator('POST', `/api/exceptions/${id}/resolve`, { code: 'fixed' });

    const { items, nextCursor } = await page(id);
    expect(nextCursor).toBeNull();
    const common = { key: expect.stringMatching(/^\d+$/), at: expect.any(String) };
    const { reruns, issues, undoOf, undoneBy, ...execution } = executed;
    // The requests of attempts are on the page of the execution.
    const attempts = execution.attempts.map(({ request, ...attempt }: { request: object }) => attempt);
    expect(items).toEqual([
      {
        kind: 'event',
        ...common,
        event: expect.objectContaining({ type: 'ExceptionCreated', subjectId: id }),
      },
      { kind: 'comment', ...common, comment: commented },
      {
        kind: 'step',
        ...common,
        ...step,
        event: expect.objectContaining({ type: 'StepOpened', data: step }),
      },
      { kind: 'tool_run', ...common, execution: { ...execution, attempts, truncated: false }, step: null },
      { kind: 'event', ...common, event: expect.objectContaining({ type: 'ExceptionResolved' }) },
    ]);
    expect(JSON.stringify(items)).not.toContain('4711-4711');
    expect(items.map((item) => Number(item.key))).toEqual(
      items.map((item) => Number(item.key)).toSorted((a, b) => a - b),
    );
  });

  test('the pages of a timeline start with the newest, are oldest first inside, and together complete', async () => {
    const { id } = await create();
    for (let number = 1; number <= 6; number++) await comment(id, String(number));
    const whole = (await page(id)).items;
    expect(whole).toHaveLength(7);
    for (const limit of [1, 3, 7]) {
      let all: TimelineItem[] = [];
      let cursor: string | null = null;
      do {
        const { items, nextCursor } = await page(id, `?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
        expect(items).toHaveLength(Math.min(limit, 7 - all.length));
        all = [...items, ...all];
        cursor = nextCursor;
      } while (cursor);
      expect(all, `pages of ${limit}`).toEqual(whole);
    }
  });

  test('the timeline truncates a long payload to 2 kB and marks it, and the execution keeps all of it', async () => {
    const { id } = await create();
    const long = 'x'.repeat(5000);
    const executed = (await execute(id, { long })).body;
    const item = (await page(id)).items.at(-1)!;
    if (item.kind !== 'tool_run') throw new Error(item.kind);
    expect(item.execution.truncated).toBe(true);
    expect(item.execution.input).toBe(`{"long": "${long}`.slice(0, 2048));
    expect(String(item.execution.output).length).toBeLessThanOrEqual(2048);
    const whole = (await acme.as.viewer('GET', `/api/tools/executions/${executed.id}`)).body;
    expect(whole.input).toEqual({ long });
  });

  test('a timeline of any length takes four statements', async () => {
    const { id } = await create();
    for (let number = 1; number <= 3; number++) {
      await comment(id, String(number));
      await execute(id, {});
    }
    const counted = (query: string) => countStatements(api.services.db, () => page(id, query));
    expect(await counted('?limit=2')).toBe(4);
    expect(await counted('')).toBe(4);
  });

  test('a timeline contains nothing of other exceptions or tenants', async () => {
    const globex = await api.tenant();
    const [mine, other] = [await create(), await create()];
    await comment(other.id, 'Elsewhere');
    const theirTool = (await globex.as.tool_admin('POST', '/api/tools', { name: 'echo', type: 'dummy' })).body
      .id;
    const foreign = await globex.as.operator('POST', `/api/tools/${theirTool}/execute`, {
      payload: {},
      exceptionId: mine.id,
    });
    expect(foreign.status).toBe(404);
    expect((await page(mine.id)).items).toHaveLength(1);
    expect((await globex.as.viewer('GET', `/api/exceptions/${mine.id}/timeline`)).status).toBe(404);
  });
});
