import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import type { Call, TestTenant } from '../support/test-api.ts';

/** The environment of a scenario. `post`, `fail`, `vanish` (no response) and `look` are tools. */
export interface Stage {
  acme: TestTenant;
  signal: (name: string, runId: string, signal: string, ...args: unknown[]) => Promise<void>;
  /** Leaves what a worker leaves that is lost for the second time during this task of the run. */
  lose: (runId: string, task: string) => Promise<void>;
}

/** The run that a scenario started. */
export interface MadeRun {
  name: string;
  runId: string;
}

let made = 0;
const manual = (id: string, more: object = {}) => ({ id, type: 'manual', title: id, ...more });
const call = (tool: string, more: object = {}) => ({
  id: 'call',
  type: 'call_tool',
  title: 'Call',
  tool,
  ...more,
});

async function begin({ acme }: Stage, steps: unknown[], more: object = {}): Promise<MadeRun & { as: Call }> {
  const name = `replayed_${++made}`;
  const id = await publishPlaybook(acme.as.tool_admin, { name, steps, ...more });
  return { name, runId: await startRun(acme.as.operator, id), as: acme.as.operator };
}

const ended = (as: Call, runId: string) => runWhen(as, runId, (run) => run.completedAt !== null);

/** A scenario for every path through `runPlaybookWorkflow`. Each is a run to its end, on real servers. */
export const runScenarios: Record<string, (stage: Stage) => Promise<MadeRun>> = {
  'manual, tool and notify': async (stage) => {
    const run = await begin(stage, [
      manual('ask', { form: { type: 'object' } }),
      call('post', { when: 'steps.ask.output.go = true' }),
      { id: 'tell', type: 'notify', title: 'Tell', to: { role: 'operator' }, message: 'done' },
    ]);
    await stepWhen(run.as, run.runId, 'ask', 'waiting');
    await complete(run.as, run.runId, 'ask', { input: { go: true } });
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call');
    await ended(run.as, run.runId);
    return run;
  },
  'a tool that fails, then is skipped': async (stage) => {
    const run = await begin(stage, [call('fail'), manual('after')]);
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call');
    await runWhen(run.as, run.runId, (each) => each.steps[0].failure !== null);
    await complete(run.as, run.runId, 'call', { outcome: 'skip', reason: 'not needed' });
    await stepWhen(run.as, run.runId, 'after', 'waiting');
    await complete(run.as, run.runId, 'after');
    await ended(run.as, run.runId);
    return run;
  },
  'a tool that fails, then the run is aborted': async (stage) => {
    const run = await begin(stage, [call('fail')]);
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call');
    await runWhen(run.as, run.runId, (each) => each.steps[0].failure !== null);
    await complete(run.as, run.runId, 'call', { outcome: 'abort', reason: 'no use' });
    await ended(run.as, run.runId);
    return run;
  },
  'an unknown outcome, settled by a person': async (stage) => {
    const run = await begin(stage, [call('vanish')]);
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call');
    await stepWhen(run.as, run.runId, 'call', 'outcome_unknown');
    await complete(run.as, run.runId, 'call', { outcome: 'happened', reason: 'seen' });
    await ended(run.as, run.runId);
    return run;
  },
  'an unknown outcome, settled by a probe': async (stage) => {
    const run = await begin(stage, [
      call('vanish', { probe: { tool: 'look', input: {}, happened: 'output.ok = true' } }),
    ]);
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call');
    await stepWhen(run.as, run.runId, 'call', 'outcome_unknown');
    await complete(run.as, run.runId, 'call', { outcome: 'probe' });
    await ended(run.as, run.runId);
    return run;
  },
  'an approval by two': async (stage) => {
    const run = await begin(stage, [
      {
        id: 'sign',
        type: 'approval',
        title: 'Sign',
        required: 2,
        assignee: { role: 'viewer' },
        noSelfApproval: false,
      },
    ]);
    await stepWhen(run.as, run.runId, 'sign', 'waiting');
    await complete(stage.acme.as.viewer, run.runId, 'sign', { outcome: 'approved' });
    await complete(run.as, run.runId, 'sign', { outcome: 'approved' });
    await ended(run.as, run.runId);
    return run;
  },
  'an approval that opens again and is rejected': async (stage) => {
    const sign = { id: 'sign', type: 'approval', title: 'Sign', assignee: { role: 'viewer' } };
    const run = await begin(stage, [{ ...sign, noSelfApproval: false }, call('post'), manual('after')]);
    const vote = (outcome: string) =>
      complete(stage.acme.as.viewer, run.runId, 'sign', { outcome, reason: 'seen' });
    await stepWhen(run.as, run.runId, 'sign', 'waiting');
    await vote('approved');
    await stepWhen(run.as, run.runId, 'call', 'waiting');
    await complete(run.as, run.runId, 'call', { input: { n: 1 } });
    await vote('rejected');
    await ended(run.as, run.runId);
    return run;
  },
  'a batch that fails, is retried and then skipped': async (stage) => {
    const run = await begin(stage, [
      { id: 'each', type: 'for_each', title: 'Each', tool: 'fail', items: '[{"n": 1}, {"n": 2}]' },
      manual('after'),
    ]);
    const failed = () => runWhen(run.as, run.runId, (each) => each.steps[0].failure !== null);
    await stepWhen(run.as, run.runId, 'each', 'waiting');
    await complete(run.as, run.runId, 'each');
    await failed();
    await complete(run.as, run.runId, 'each', { outcome: 'retry_failed' });
    await failed();
    await complete(run.as, run.runId, 'each', { outcome: 'skip', reason: 'not needed' });
    await stepWhen(run.as, run.runId, 'after', 'waiting');
    await complete(run.as, run.runId, 'after');
    await ended(run.as, run.runId);
    return run;
  },
  'a decision that ends the run': async (stage) => {
    const options = [
      { id: 'go', title: 'Go', end: true, steps: [manual('last')] },
      { id: 'stay', title: 'Stay' },
    ];
    const run = await begin(stage, [
      { id: 'which', type: 'decision', title: 'Which', options },
      manual('never'),
    ]);
    await stepWhen(run.as, run.runId, 'which', 'waiting');
    await complete(run.as, run.runId, 'which', { outcome: 'go' });
    await stepWhen(run.as, run.runId, 'last', 'waiting');
    await complete(run.as, run.runId, 'last');
    await ended(run.as, run.runId);
    return run;
  },
  'waits for a time and for an event': async (stage) => {
    const run = await begin(stage, [
      { id: 'short', type: 'wait', title: 'Short', for: 'PT0.2S' },
      { id: 'word', type: 'wait', title: 'Word', event: 'shipped' },
      { id: 'late', type: 'wait', title: 'Late', event: 'never', timeout: 'PT0.2S' },
    ]);
    await stepWhen(run.as, run.runId, 'word', 'waiting');
    await run.as('POST', `/api/playbook-runs/${run.runId}/events`, { name: 'shipped' });
    await ended(run.as, run.runId);
    return run;
  },
  'branches side by side and a sub-playbook': async (stage) => {
    const inner = await begin(stage, [manual('look')]);
    await stepWhen(inner.as, inner.runId, 'look', 'waiting');
    const run = await begin(stage, [
      {
        id: 'both',
        type: 'parallel',
        title: 'Both',
        branches: [
          { id: 'a', title: 'A', steps: [manual('left')] },
          {
            id: 'b',
            title: 'B',
            steps: [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: inner.name }],
          },
        ],
      },
    ]);
    await stepWhen(run.as, run.runId, 'left', 'waiting');
    await complete(run.as, run.runId, 'left');
    const { childRunId } = await stepWhen(run.as, run.runId, 'sub', 'running');
    await stepWhen(run.as, childRunId, 'look', 'waiting');
    await complete(run.as, childRunId, 'look');
    await complete(inner.as, inner.runId, 'look');
    await ended(run.as, run.runId);
    return run;
  },
  'reminded, escalated, claimed and signalled': async (stage) => {
    const one = manual('one', {
      due: 'PT0.4S',
      reminder: 'PT0.2S',
      escalation: [{ after: 'PT0.2S', to: { role: 'viewer' } }],
    });
    const run = await begin(stage, [one], { directCompletion: true });
    await runWhen(run.as, run.runId, (each) => each.steps[0].escalated === 1);
    await run.as('POST', `/api/playbook-runs/${run.runId}/steps/one/claim`, {});
    await run.as('POST', `/api/playbook-runs/${run.runId}/steps/one/release`, {});
    await stage.signal(run.name, run.runId, 'completeStep', { stepId: 'one', outcome: 'nonsense' });
    await stage.signal(run.name, run.runId, 'completeStep', { stepId: 'one' });
    await ended(run.as, run.runId);
    return run;
  },
  'paused, resumed and cancelled': async (stage) => {
    const run = await begin(stage, [manual('one'), manual('two')]);
    await stepWhen(run.as, run.runId, 'one', 'waiting');
    await run.as('POST', `/api/playbook-runs/${run.runId}/pause`, { reason: 'audit' });
    await run.as('POST', `/api/playbook-runs/${run.runId}/resume`, {});
    await complete(run.as, run.runId, 'one');
    await stepWhen(run.as, run.runId, 'two', 'waiting');
    await run.as('POST', `/api/playbook-runs/${run.runId}/cancel`, { reason: 'enough' });
    await ended(run.as, run.runId);
    return run;
  },
  'a quarantined step, released': async (stage) => {
    const run = await begin(stage, [manual('first'), manual('second')]);
    await stepWhen(run.as, run.runId, 'first', 'waiting');
    await stage.lose(run.runId, 'openStep second');
    await complete(run.as, run.runId, 'first');
    await runWhen(run.as, run.runId, (each) => each.quarantined !== null);
    await run.as('POST', `/api/playbook-runs/${run.runId}/release`, {});
    await stepWhen(run.as, run.runId, 'second', 'waiting');
    await complete(run.as, run.runId, 'second');
    await ended(run.as, run.runId);
    return run;
  },
  'quarantined while it continues as new, released': async (stage) => {
    const ids = Array.from({ length: 12 }, (_, index) => `step_${index}`);
    const run = await begin(
      stage,
      ids.map((id) => manual(id)),
    );
    let released = false;
    for (const id of ids) {
      // Each time: no one waits for the end of a task, and that of the first load would take what was lost with it.
      if (!released) await stage.lose(run.runId, 'loadRun ');
      // A completion may come just when the run is quarantined: it is refused, and made again after the release.
      await eventually(
        async () => {
          const { body } = await run.as('GET', `/api/playbook-runs/${run.runId}`);
          if (body.quarantined) {
            released = true;
            await run.as('POST', `/api/playbook-runs/${run.runId}/release`, {});
          } else if (body.currentSteps.includes(id)) await complete(run.as, run.runId, id);
          return body.steps.find((step: { id: string }) => step.id === id).status === 'completed';
        },
        { timeoutMs: 60_000 },
      );
    }
    await ended(run.as, run.runId);
    if (!released) throw new Error('The run was not quarantined');
    return run;
  },
};
