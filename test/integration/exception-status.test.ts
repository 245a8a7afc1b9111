import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const look = { id: 'look', type: 'manual', title: 'Look at it' };

describe('the status of an exception', () => {
  let api: TestApi;
  let acme: TestTenant;
  let looks: string;
  let resolves: string;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    const publish = (name: string, more: Record<string, unknown>) =>
      publishPlaybook(acme.as.tool_admin, { name, steps: [look], ...more });
    looks = await publish('looks', {});
    resolves = await publish('resolves', { resolves: true });
  });
  afterAll(() => api?.close());

  const open = async () => {
    const { body } = await acme.as.operator('POST', '/api/exceptions', { title: 'Payment failed' });
    return body.id as string;
  };
  const read = async (id: string) => (await acme.as.viewer('GET', `/api/exceptions/${id}`)).body;
  const change = (id: string, body: Record<string, unknown>) =>
    acme.as.operator('PUT', `/api/exceptions/${id}`, body);
  /** What the events say about the status: type, who, from, to, run. */
  const moves = async (id: string) => {
    const { body } = await acme.as.viewer('GET', `/api/exceptions/${id}/timeline`);
    return body.items
      .filter((item: { event?: { data: { changes?: unknown } } }) => item.event?.data.changes)
      .map(
        ({
          event: {
            type,
            actor,
            data: { changes, run },
          },
        }: // biome-ignore lint/suspicious/noExplicitAny: a response
        any) => [type, actor.name, changes.status.from, changes.status.to, run],
      );
  };
  const begin = async (playbook: string, exceptionId: string) => {
    const runId = await startRun(acme.as.operator, playbook, { exceptionId });
    await stepWhen(acme.as.operator, runId, 'look', 'waiting');
    return runId;
  };
  const finish = async (runId: string) => {
    await complete(acme.as.operator, runId, 'look');
    return runWhen(acme.as.operator, runId, (run) => run.status === 'completed');
  };

  test('follows its run: in progress at the start, resolved at the end if the playbook says so, in the same moment', async () => {
    const id = await open();
    const runId = await startRun(acme.as.operator, resolves, { exceptionId: id });
    expect(await read(id)).toMatchObject({ status: 'in_progress', revision: 2 });
    await stepWhen(acme.as.operator, runId, 'look', 'waiting');
    await finish(runId);
    expect(await read(id)).toMatchObject({ status: 'resolved', resolution: { code: 'fixed', note: null } });
    expect(await moves(id)).toEqual([
      ['ExceptionUpdated', 'operator key', 'open', 'in_progress', 'started'],
      ['ExceptionResolved', 'Playbook', 'in_progress', 'resolved', 'completed'],
    ]);
    const { body } = await acme.as.viewer('GET', `/api/events?type=ExceptionResolved&subjectId=${id}`);
    expect(body.items[0].data).toMatchObject({ runId, playbookName: 'resolves', playbookVersion: 1 });
  });

  test('stays in progress when the run of a playbook completes that does not say that it resolves', async () => {
    const id = await open();
    await finish(await begin(looks, id));
    expect((await read(id)).status).toBe('in_progress');
  });

  test('is open again when the run fails or is cancelled, unless a person had begun before it', async () => {
    const [failed, cancelled, begun] = [await open(), await open(), await open()];
    await change(begun, { status: 'in_progress' });
    const asks = await publishPlaybook(acme.as.tool_admin, {
      name: 'asks',
      steps: [{ id: 'look', type: 'approval', title: 'Go on?', noSelfApproval: false }],
    });
    const runs = [await begin(asks, failed), await begin(looks, cancelled), await begin(looks, begun)];
    await complete(acme.as.approver, runs[0]!, 'look', { outcome: 'rejected', reason: 'no' });
    for (const run of runs.slice(1))
      await acme.as.operator('POST', `/api/playbook-runs/${run}/cancel`, { reason: 'wrong case' });
    for (const run of runs)
      await runWhen(acme.as.operator, run, ({ status }) => /failed|cancelled/.test(status));
    expect((await Promise.all([failed, cancelled, begun].map(read))).map(({ status }) => status)).toEqual([
      'open',
      'open',
      'in_progress',
    ]);
    expect((await moves(failed)).at(-1).slice(2)).toEqual(['in_progress', 'open', 'failed']);
  });

  test('that a person sets while the run is open stays, whatever becomes of the run', async () => {
    const [opened, reopened] = [await open(), await open()];
    const runs = [await begin(resolves, opened), await begin(resolves, reopened)];
    await change(opened, { status: 'open' });
    await acme.as.operator('POST', `/api/exceptions/${reopened}/resolve`, { code: 'duplicate' });
    await acme.as.operator('POST', `/api/exceptions/${reopened}/reopen`, { reason: 'It is not' });
    for (const run of runs) await finish(run);
    expect([(await read(opened)).status, (await read(reopened)).status]).toEqual(['open', 'open']);
    // A run that starts later follows again.
    await finish(await begin(resolves, opened));
    expect((await read(opened)).status).toBe('resolved');
    expect(await read(opened)).toMatchObject({ resolution: { code: 'fixed' } });
  });

  test('waits for the last of several runs, also when two end at once', async () => {
    const id = await open();
    const runs = [await begin(resolves, id), await begin(resolves, id)];
    await finish(runs[0]!);
    expect((await read(id)).status).toBe('in_progress');
    const third = await begin(resolves, id);
    await Promise.all([finish(runs[1]!), finish(third)]);
    expect((await read(id)).status).toBe('resolved');
    expect(await moves(id)).toHaveLength(2);
  });

  test('is resolved with the last run for one that should have resolved it and has completed before', async () => {
    const [id, changed, failed, later] = [await open(), await open(), await open(), await open()];
    const pairs: [string, string, string][] = [];
    for (const exception of [id, changed, failed])
      pairs.push([exception, await begin(resolves, exception), await begin(looks, exception)]);
    for (const [exception, first] of pairs) {
      await finish(first);
      expect((await read(exception)).status).toBe('in_progress');
    }
    // What a person says meanwhile stays, and what was cancelled is looked at.
    await change(changed, { status: 'open' });
    await acme.as.operator('POST', `/api/playbook-runs/${pairs[2]![2]}/cancel`, { reason: 'wrong case' });
    await runWhen(acme.as.operator, pairs[2]![2], ({ status }) => status === 'cancelled');
    for (const [, , second] of pairs.slice(0, 2)) await finish(second);
    expect((await Promise.all([id, changed, failed].map(read))).map(({ status }) => status)).toEqual([
      'resolved',
      'open',
      'open',
    ]);
    const { body } = await acme.as.viewer('GET', `/api/events?type=ExceptionResolved&subjectId=${id}`);
    expect(body.items).toMatchObject([{ data: { runId: pairs[0]![1], playbookName: 'resolves' } }]);
    // What begins after it is other work.
    const [one, other] = [await begin(resolves, later), await begin(looks, later)];
    await finish(one);
    const third = await begin(looks, later);
    await finish(other);
    await finish(third);
    expect((await read(later)).status).toBe('in_progress');
  });

  test('is left alone by runs that another run has started, and by a playbook that says so', async () => {
    const outer = await publishPlaybook(acme.as.tool_admin, {
      name: 'outer',
      exceptionStatus: 'unchanged',
      steps: [{ id: 'inner', type: 'playbook', title: 'Resolve it', playbook: 'resolves' }],
    });
    const id = await open();
    const runId = await startRun(acme.as.operator, outer, { exceptionId: id });
    const { executionIds: _, childRunId } = await stepWhen(acme.as.operator, runId, 'inner', 'running');
    await stepWhen(acme.as.operator, childRunId, 'look', 'waiting');
    await finish(childRunId);
    await runWhen(acme.as.operator, runId, (run) => run.status === 'completed');
    expect([(await read(id)).status, await moves(id)]).toEqual(['open', []]);
  });
});

test('an event says from what to what a title, a severity, a due time and an assignee have changed', async () => {
  const api = await startTestApi();
  try {
    const acme = await api.tenant();
    const made = await acme.as.operator('POST', '/api/exceptions', { title: 'One', severity: 'low' });
    const path = `/api/exceptions/${made.body.id}`;
    await acme.as.operator('PUT', path, {
      title: 'Two',
      description: 'More',
      severity: 'high',
      dueAt: '2030-01-01T00:00:00.000Z',
      status: 'in_progress',
    });
    await acme.as.operator('POST', `${path}/assign`, { assignee: acme.email });
    await acme.as.operator('POST', `${path}/assign`, { assignee: null });
    const { body } = await acme.as.viewer('GET', `${path}/timeline`);
    const [, updated, , unassigned] = body.items;
    expect(updated.event.data).toEqual({
      changed: ['title', 'description', 'severity', 'status', 'dueAt'],
      changes: {
        title: { from: 'One', to: 'Two' },
        severity: { from: 'low', to: 'high' },
        status: { from: 'open', to: 'in_progress' },
        dueAt: { from: null, to: '2030-01-01T00:00:00.000Z' },
      },
    });
    expect(unassigned.event.data).toMatchObject({ assignee: null, from: { name: 'Ana Admin' } });
  } finally {
    await api.close();
  }
});
