import { createCaller } from './caller.ts';
import type { ToolName } from './journal.ts';
import type { CampaignStack } from './stack.ts';
import type { CampaignTenant } from './tenants.ts';

export const playbookName = 'campaign';

const inputSchema = {
  type: 'object',
  required: ['callId'],
  properties: { callId: { type: 'string' }, amount: { type: 'number' } },
};

/** A call of each kind: sent once; sent once and long; safe with a key; read only. */
const definitions: Record<ToolName, object> = {
  charge: { config: { method: 'POST' } },
  transfer: { config: { method: 'POST' }, timeoutMs: 11_000, deadlineMs: 40_000 },
  refund: { config: { method: 'POST' }, idempotent: true },
  look: { config: { method: 'GET' } },
};

const call = (id: string, tool: ToolName) => ({
  id,
  type: 'call_tool',
  title: id,
  tool,
  input: { callId: `\${{ input.callId & "-${id}" }}`, amount: 1 },
});

const playbook = {
  name: playbookName,
  title: 'Campaign',
  inputSchema: { type: 'object', required: ['callId'], properties: { callId: { type: 'string' } } },
  steps: [
    {
      id: 'check',
      type: 'manual',
      title: 'Check',
      form: { type: 'object', properties: { ok: { type: 'boolean' } } },
    },
    {
      id: 'both',
      type: 'parallel',
      title: 'Both',
      branches: [
        { id: 'one', title: 'One', steps: [call('charge', 'charge')] },
        { id: 'two', title: 'Two', steps: [call('refund', 'refund')] },
      ],
    },
    { id: 'sign', type: 'approval', title: 'Sign', assignee: { role: 'approver' }, covers: ['pay'] },
    call('pay', 'transfer'),
    {
      id: 'choose',
      type: 'decision',
      title: 'Choose',
      options: [
        {
          id: 'close',
          title: 'Close',
          steps: [{ id: 'tell', type: 'notify', title: 'Tell', to: { role: 'operator' }, message: 'Closed' }],
        },
        {
          id: 'again',
          title: 'Look again',
          steps: [{ id: 'moment', type: 'wait', title: 'A moment', for: 'PT1S' }, call('look', 'look')],
        },
      ],
    },
  ],
};

/** Low enough to be reached in every campaign. */
const tightLimits = {
  rateLimit: { requestsPerMinute: 120, burst: 5 },
  hostConcurrency: 2,
  circuitBreaker: { consecutiveFailures: 3, openSeconds: 2 },
};

/** The tools of a tenant by name, and its playbook. @param limits whether its calls are limited @returns the ids of the tools */
export async function createTools(
  stack: CampaignStack,
  tenant: CampaignTenant,
  limits: boolean,
): Promise<Record<ToolName, string>> {
  const admin = createCaller(stack.apiUrls, tenant.keys.admin);
  const make = async (method: string, path: string, body: unknown): Promise<string> => {
    const answer = await admin(method, path, body);
    if (answer.status >= 300 || answer.status === 0)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body?.id;
  };
  await make('PUT', '/api/settings/egress', { privateHosts: [new URL(stack.providerUrl).host] });
  if (limits) await make('PUT', '/api/limits/tenant', tightLimits);
  const ids = {} as Record<ToolName, string>;
  for (const [name, { config, ...more }] of Object.entries(definitions) as [ToolName, { config: object }][]) {
    ids[name] = await make('POST', '/api/tools', {
      name,
      type: 'http',
      inputSchema,
      auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: stack.canary },
      timeoutMs: 3000,
      deadlineMs: 30_000,
      retry: { maxAttempts: 4, initialMs: 300, factor: 2, maxMs: 3000 },
      ...more,
      config: { ...config, url: `${stack.providerUrl}/${name}` },
    });
  }
  const id = await make('POST', '/api/playbooks', playbook);
  await make('POST', `/api/playbooks/${id}/publish`, {});
  return ids;
}
