import { expect, test } from 'vitest';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi } from '../support/test-api.ts';

test('a run that is aborted when its history is full ends, and opens no further step', async () => {
  // Any of these is reached by the completion that aborts the run.
  for (const limit of ['20', '22', '24', '26']) {
    const api = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: limit } });
    try {
      const { as } = await api.tenant();
      const name = `full_at_${limit}`;
      const playbook = await publishPlaybook(as.tool_admin, {
        name,
        steps: [
          { id: 'zero', type: 'manual', title: 'Zero' },
          // Its expression fails, so that it can be aborted.
          { id: 'one', type: 'manual', title: 'One', assignee: { user: '${{ exception.attributes.no }}' } },
          { id: 'after', type: 'manual', title: 'After' },
        ],
      });
      const runId = await startRun(as.operator, playbook);
      await stepWhen(as.operator, runId, 'zero', 'waiting');
      await complete(as.operator, runId, 'zero');
      await stepWhen(as.operator, runId, 'one', 'waiting');
      await complete(as.operator, runId, 'one', { outcome: 'abort', reason: 'no use' });
      const ended = await runWhen(as.operator, runId, (each) => each.status === 'failed');
      const { workflow } = api.services.temporal.client;
      const handle = workflow.getHandle(runWorkflowId({ playbookName: name, id: runId }));
      await eventually(async () => (await handle.describe()).status.name === 'FAILED');
      expect(ended.steps[2]).toMatchObject({ id: 'after', openedAt: null });
    } finally {
      await api.close();
    }
  }
}, 120_000);
