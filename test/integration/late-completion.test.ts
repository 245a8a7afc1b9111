import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeStepName, runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;

beforeAll(async () => {
  [api, provider] = await Promise.all([startTestApi(), startProvider()]);
  acme = await api.tenant({ privateHosts: [provider.host] });
  await acme.as.tool_admin('POST', '/api/tools', {
    name: 'charge',
    type: 'http',
    retry: { maxAttempts: 1 },
    outputSchema: { type: 'object', required: ['chargeId'] },
    config: { method: 'POST', url: provider.url },
  });
  await publishPlaybook(acme.as.tool_admin, {
    name: 'charging',
    steps: [
      { id: 'charge', type: 'call_tool', title: 'Charge', tool: 'charge', assignee: { role: 'operator' } },
    ],
  });
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

/** Delivers a completion that was sent at the same time as the accepted one, and was held up on its way. */
async function deliverLate(runId: string): Promise<unknown> {
  const admin = await connectAdmin();
  const { rows } = await admin.query<{ id: string }>(
    `INSERT INTO step_completion (id, tenant_id, run_id, step_run_id, request_id, fingerprint, status, outcome, actor_type,
       actor_id, actor_name, actor_roles, person, created_at)
     SELECT gen_random_uuid(), tenant_id, run_id, step_run_id, 'late', fingerprint, 'pending', outcome, actor_type,
       actor_id, actor_name, actor_roles, person, created_at
     FROM step_completion WHERE run_id = $1 RETURNING id`,
    [runId],
  );
  await admin.end();
  return api.services.temporal.client.workflow
    .getHandle(runWorkflowId({ playbookName: 'charging', id: runId }))
    .executeUpdate(completeStepName, { args: [{ stepId: 'charge', completionId: rows[0]!.id }] });
}

const cases: [what: string, respond: Respond, status: string][] = [
  ['whose outcome is unknown', (_request, response) => response.destroy(), 'outcome_unknown'],
  ['that acted and failed', (_request, response) => sendJson(response, 200, {}), 'waiting'],
];

test.each(cases)(
  'a completion that arrives after the call of another one, %s, does not call again',
  async (_what, respond, status) => {
    provider.requests.length = 0;
    provider.respond = respond;
    const runId = await startRun(acme.as.operator, 'charging');
    await stepWhen(acme.as.operator, runId, 'charge', 'waiting');
    expect((await complete(acme.as.operator, runId, 'charge')).status).toBe(200);
    await runWhen(acme.as.operator, runId, ({ steps }) => steps[0].failure !== null);
    await expect(deliverLate(runId)).rejects.toThrow();
    const { body } = await acme.as.operator('GET', `/api/playbook-runs/${runId}/steps/charge`);
    expect([body.status, body.executionIds.length]).toEqual([status, 1]);
    expect(provider.requests).toHaveLength(1);
  },
);
