import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type ApiResponse,
  type Call,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

describe('an execution that needs approval', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let people: ReturnType<typeof peopleOf>;
  let ana: Call;
  let _bea: Call;
  let provider: ProviderServer;
  let made = 0;
  const mail = (name: string) => `${name}@${acme.slug}.test`;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi({ reconcile: true, env: { INTERLOCK_TENANT_IN_FLIGHT: '1' } });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    people = peopleOf(api, acme);
    [ana, _bea] = await Promise.all([
      people.person(mail('ana'), ['operator', 'approver']),
      people.person(mail('bea'), ['approver']),
    ]);
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const definition = (name: string, more: object = {}) => ({
    name,
    type: 'http',
    inputSchema: {
      type: 'object',
      properties: { amount: { type: 'number' }, pin: { type: 'string', writeOnly: true } },
    },
    config: { method: 'POST', url: `${provider.url}/refunds` },
    ...more,
  });
  /** A tool whose executions need approval. @returns its id */
  async function tool(terms: Parameters<typeof requireApproval>[2] = {}, more: object = {}): Promise<string> {
    const { body } = await acme.as.tool_admin('POST', '/api/tools', definition(`refund_${++made}`, more));
    await requireApproval(acme, body.id, terms);
    return body.id;
  }
  const payload = { amount: 620, pin: '4711-secret' };
  const execute = (toolId: string, as = operator, headers = {}): Promise<ApiResponse> =>
    as('POST', `/api/tools/${toolId}/execute`, { payload }, headers);
  const approve = (as: Call, id: string, body: object = {}) =>
    as('POST', `/api/tools/executions/${id}/approve`, body);
  const _reject = (as: Call, id: string, reason = 'Already paid') =>
    as('POST', `/api/tools/executions/${id}/reject`, { reason });
  const read = async (id: string) => (await operator('GET', `/api/tools/executions/${id}`)).body;
  const ended = (id: string) =>
    eventually(async () => {
      const execution = await read(id);
      if (!['succeeded', 'failed'].includes(execution.status)) throw new Error(execution.status);
      return execution;
    });
  /** The events of the log, oldest first. */
  const events = async (id: string): Promise<string[]> => {
    const { body } = await operator('GET', `/api/events?subjectType=execution&subjectId=${id}&limit=50`);
    return body.items.map(({ type }: { type: string }) => type).toReversed();
  };

  test('waits with the exact request, and runs once that is approved', async () => {
    const toolId = await tool();
    const { status, body } = await execute(toolId);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'requested',
      attempts: [],
      approval: {
        status: 'waiting',
        required: 1,
        roles: ['approver'],
        fourEyes: true,
        reason: 'Refunds need an approval.',
        votes: [],
        url: expect.stringContaining(`/executions/${body.id}`),
        request: { request: { method: 'POST', url: `${provider.url}/refunds`, body: { amount: 620 } } },
      },
    });
    expect(JSON.stringify(body)).not.toContain('4711');
    expect(provider.requests).toHaveLength(0);
    const approved = await approve(ana, body.id, { reason: 'Matches the order' });
    expect(approved.status).toBe(200);
    expect(approved.body.approval).toMatchObject({
      status: 'approved',
      votes: [{ by: { name: 'ana' }, outcome: 'approved', reason: 'Matches the order' }],
    });
    expect(await ended(body.id)).toMatchObject({ status: 'succeeded', output: { refundId: 're_1' } });
    expect(provider.requests.map((request) => JSON.parse(request.body))).toEqual([payload]);
    expect(await events(body.id)).toEqual([
      'ToolExecutionRequested',
      'ToolExecutionApprovalRequested',
      'ToolExecutionApproved',
      'ToolExecutionStarted',
      'ToolExecutionAttempted',
      'ToolExecutionCompleted',
    ]);
  });
});
