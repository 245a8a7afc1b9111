import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { dumpDatabase, dumpWorkflow, findSecret } from '../support/secret-scan.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secrets = {
  attribute: 'attr/+&"<é 1180250917',
  input: 'input/+&"<é 2217340618',
  form: 'form/+&"<é 3346120755',
  pin: 'pin/+&"<é 4402718833',
};
const secretText = { type: 'string', writeOnly: true };

describe('secrets in exceptions and playbooks', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let provider: ProviderServer;
  let adminUrl: string;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const body = JSON.parse(request.body);
      // Returns the request; the first call is refused.
      sendJson(response, provider.requests.length === 1 ? 422 : 200, { received: body, pin: body.pin });
    });
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    api = await startTestApi({ databaseUrl: own.databaseUrl });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  test('values marked as secret reach the provider, and are in no row, history or response', async () => {
    await acme.as.tenant_admin('PUT', '/api/exception-domains/cards', {
      title: 'Cards',
      attributeSchema: { type: 'object', properties: { code: secretText } },
    });
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'unlock',
      type: 'http',
      retry: { maxAttempts: 1 },
      inputSchema: { type: 'object', properties: { pin: secretText, note: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/unlock` },
    });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'with_secrets',
      inputSchema: { type: 'object', properties: { token: secretText } },
      steps: [
        {
          id: 'ask',
          type: 'manual',
          title: 'Ask',
          form: { type: 'object', properties: { code: secretText } },
        },
        { id: 'unlock', type: 'call_tool', title: 'Unlock', tool: 'unlock', input: { note: 'hello' } },
      ],
    });
    const exception = await operator('POST', '/api/exceptions', {
      title: 'Card stuck',
      domain: 'cards',
      attributes: { code: secrets.attribute },
    });
    const runId = await startRun(operator, playbook, {
      exceptionId: exception.body.id,
      input: { token: secrets.input },
    });
    await stepWhen(operator, runId, 'ask', 'waiting');
    await complete(operator, runId, 'ask', { input: { code: secrets.form } });
    await stepWhen(operator, runId, 'unlock', 'waiting');
    const input = { pin: secrets.pin, note: 'hello' };
    const preview = await operator('POST', `/api/playbook-runs/${runId}/steps/unlock/preview`, { input });
    await complete(operator, runId, 'unlock', { input, previewDigest: preview.body.digest });
    const failed = await runWhen(operator, runId, (run) => run.steps[1].failure !== null);
    expect(failed.steps[1].input).toEqual({ pin: '[redacted]', note: 'hello' });
    // A redacted value that is sent back means the stored secret.
    await complete(operator, runId, 'unlock', { input: { pin: '[redacted]', note: 'again' } });
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(provider.requests.map((request) => JSON.parse(request.body))).toEqual([
      input,
      { pin: secrets.pin, note: 'again' },
    ]);

    const [executionId] = run.steps[1].executionIds;
    const places: Record<string, string> = { ...(await dumpDatabase(adminUrl)) };
    const { client } = api.services.temporal;
    places.run = await dumpWorkflow(client, run.workflowId);
    places.tool = await dumpWorkflow(client, `execute-unlock-${executionId}`);
    for (const path of [
      `/api/playbook-runs/${runId}`,
      `/api/exceptions/${exception.body.id}`,
      `/api/exceptions/${exception.body.id}/timeline`,
      `/api/tools/executions/${executionId}`,
      '/api/events?limit=200',
    ]) {
      const { status, body } = await acme.as.tenant_admin('GET', path);
      expect(status, path).toBe(200);
      places[path] = JSON.stringify(body);
    }
    expect(preview.status).toBe(200);
    places.preview = JSON.stringify(preview.body);
    for (const secret of Object.values(secrets)) expect(findSecret(places, secret)).toEqual([]);
  });
});
