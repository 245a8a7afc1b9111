import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** In events: so few that a run of five steps needs several histories. */
const historyLimit = 40;
/** Events that one workflow task may add before the workflow learns the length of its history. */
const margin = 400;

describe('a run that continues as new', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;

  beforeAll(async () => {
    api = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: String(historyLimit) } });
    acme = await api.tenant();
    operator = acme.as.operator;
  });
  afterAll(() => api?.close());

  /** Number of events in each history of a run, the latest last. */
  async function histories(name: string, runId: string): Promise<number[]> {
    const { client } = api.services.temporal;
    const workflowId = runWorkflowId({ playbookName: name, id: runId });
    const lengths: number[] = [];
    let temporalRunId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
    while (temporalRunId) {
      const { events } = await client.workflow.getHandle(workflowId, temporalRunId).fetchHistory();
      lengths.unshift(events?.length ?? 0);
      temporalRunId =
        events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    }
    return lengths;
  }

  test('a run continues as new in the middle of an approval, and the vote given before still counts', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'long_approval',
      steps: [
        ...Array.from({ length: 4 }, (_, n) => ({ id: `step_${n}`, type: 'manual', title: `Step ${n}` })),
        {
          id: 'sign',
          type: 'approval',
          title: 'Sign',
          required: 2,
          assignee: { role: 'viewer' },
          noSelfApproval: false,
        },
      ],
    });
    const runId = await startRun(operator, id);
    for (let n = 0; n < 4; n++) {
      await stepWhen(operator, runId, `step_${n}`, 'waiting');
      expect((await complete(operator, runId, `step_${n}`)).status).toBe(200);
    }
    await stepWhen(operator, runId, 'sign', 'waiting');
    expect((await complete(acme.as.viewer, runId, 'sign', { outcome: 'approved' })).status).toBe(200);
    // Claims add events until the limit is passed, while one of two votes is given.
    const before = (await histories('long_approval', runId)).length;
    for (let n = 0; n < 30 && (await histories('long_approval', runId)).length === before; n++) {
      await operator('POST', `/api/playbook-runs/${runId}/steps/sign/claim`, { takeOver: true });
      await operator('POST', `/api/playbook-runs/${runId}/steps/sign/release`, {});
    }
    expect((await histories('long_approval', runId)).length).toBeGreaterThan(before);
    expect((await complete(acme.as.viewer, runId, 'sign', { outcome: 'approved' })).status).toBe(409);
    expect((await complete(operator, runId, 'sign', { outcome: 'approved' })).body.status).toBe('completed');
    await runWhen(operator, runId, (run) => run.status === 'completed');
  }, 60_000);

  test('a run of a thousand steps runs each once and in order, and keeps every history near the limit', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'long_run',
      steps: Array.from({ length: 1000 }, (_, n) =>
        n % 100 === 99
          ? { id: `step_${n}`, type: 'manual', title: `Step ${n}` }
          : {
              id: `step_${n}`,
              type: 'notify',
              title: `Step ${n}`,
              to: { role: 'operator' },
              message: `${n}`,
            },
      ),
    });
    const runId = await startRun(operator, id);
    for (let n = 99; n < 1000; n += 100) {
      await stepWhen(operator, runId, `step_${n}`, 'waiting');
      expect((await complete(operator, runId, `step_${n}`)).status).toBe(200);
    }
    const run = await runWhen(operator, runId, (each) => each.status === 'completed', 60_000);
    expect(run.steps.map((step: { status: string }) => step.status)).toEqual(Array(1000).fill('completed'));
    const opened = run.steps.map((step: { openedAt: string }) => step.openedAt);
    expect(opened).toEqual(opened.toSorted());
    const notices = await api.services.db.tenant(acme.id, (connection) =>
      connection.query<{ count: number }>({
        text: 'SELECT count(*)::int AS count FROM notice WHERE run_id = $1',
        values: [runId],
      }),
    );
    expect(notices[0]?.count).toBe(990);
    const lengths = await histories('long_run', runId);
    expect(lengths.length).toBeGreaterThan(3);
    expect(Math.max(...lengths)).toBeLessThan(historyLimit + margin);
  }, 120_000);

  test('a run that continues as new keeps the time of a wait, and sees the end of a sub-playbook', async () => {
    await publishPlaybook(acme.as.tool_admin, {
      name: 'small',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'two_waits',
      steps: [
        {
          id: 'both',
          type: 'parallel',
          title: 'Both',
          branches: [
            {
              id: 'time',
              title: 'Time',
              steps: [{ id: 'pause', type: 'wait', title: 'Pause', for: 'PT4S' }],
            },
            {
              id: 'sub',
              title: 'Sub',
              steps: [{ id: 'inner', type: 'playbook', title: 'Inner', playbook: 'small' }],
            },
            { id: 'busy', title: 'Busy', steps: [{ id: 'talk', type: 'manual', title: 'Talk' }] },
          ],
        },
      ],
    });
    const runId = await startRun(operator, id);
    const { openedAt } = await stepWhen(operator, runId, 'pause', 'waiting');
    const { childRunId } = await stepWhen(operator, runId, 'inner', 'running');
    await stepWhen(operator, childRunId, 'look', 'waiting');
    for (let n = 0; n < 30 && (await histories('two_waits', runId)).length < 2; n++) {
      await operator('POST', `/api/playbook-runs/${runId}/steps/talk/claim`, {});
      await operator('POST', `/api/playbook-runs/${runId}/steps/talk/release`, {});
    }
    expect((await histories('two_waits', runId)).length).toBeGreaterThan(1);
    await complete(operator, childRunId, 'look');
    await stepWhen(operator, runId, 'inner', 'completed');
    const { completedAt } = await stepWhen(operator, runId, 'pause', 'completed');
    expect(Date.parse(completedAt) - Date.parse(openedAt)).toBeGreaterThanOrEqual(3900);
    await complete(operator, runId, 'talk');
    await runWhen(operator, runId, (run) => run.status === 'completed');
  }, 60_000);
});
