import type { PublishedPlaybook } from '../../../shared/playbooks/db/playbook-versions.ts';
import { parseDocument } from '../../../shared/playbooks/parse-document.ts';
import type { Catalog } from '../../../shared/playbooks/server/checks/catalog.ts';
import { noCallLimits } from '../../../shared/tools/call-limits.ts';
import type { LoadedTool } from '../../../shared/tools/server/tool-service.ts';
import { type ToolDefinitionInput, toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

export function tool(definition: ToolDefinitionInput, more: Partial<LoadedTool> = {}): LoadedTool {
  return {
    toolId: definition.name,
    version: 1,
    currentVersion: 1,
    trial: null,
    draft: false,
    tenantId: 'tenant',
    loadedForId: 'tenant',
    definition: toolDefinitionSchema.parse(definition),
    connectorId: null,
    connectorName: null,
    connectorRevision: null,
    enabled: true,
    archived: false,
    policyRevision: 0,
    pii: { revision: 0, choices: null },
    limits: { revision: 0, tenant: noCallLimits, shared: null, openHosts: [] },
    ...more,
  };
}

/** A catalog of these tools, each in version 1, and of these published playbooks. */
export function catalogOf(tools: LoadedTool[], documents: Record<string, unknown>[] = []): Catalog {
  const playbooks = documents.map((sent): PublishedPlaybook => {
    const document = parseDocument(sent);
    return {
      id: document.name,
      name: document.name,
      title: document.title,
      version: 1,
      document,
      toolIds: {},
    };
  });
  return {
    tool: (name, version = 1) => {
      const found = tools.find(({ definition }) => definition.name === name);
      return found && version !== 1 ? 'no_version' : (found ?? null);
    },
    playbook: (name) => playbooks.find((each) => each.name === name) ?? null,
  };
}

const refundInput = {
  type: 'object',
  required: ['paymentId', 'amount'],
  additionalProperties: false,
  properties: {
    paymentId: { type: 'string', minLength: 1 },
    amount: { type: 'number', minimum: 1 },
    count: { type: 'integer' },
    currency: { enum: ['EUR', 'USD'] },
    reference: { type: 'string', pattern: '^R-' },
    card: { type: 'string' },
    how: { oneOf: [{ const: 'slow' }, { const: 'fast' }] },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
  },
};

/** `refund` posts, `find_refund` reads, `old_tool` is archived and `off_tool` disabled. */
export const tools: LoadedTool[] = [
  tool({
    name: 'refund',
    type: 'http',
    config: { method: 'POST', url: 'https://pay.example' },
    inputSchema: refundInput,
    outputSchema: {
      type: 'object',
      properties: {
        refundId: { type: 'string' },
        total: { type: 'number' },
        pin: { type: 'string', writeOnly: true },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
      },
    },
  }),
  tool({
    name: 'find_refund',
    type: 'http',
    config: { method: 'GET', url: 'https://pay.example' },
    inputSchema: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
    outputSchema: { type: 'object', properties: { found: { type: 'boolean' } } },
  }),
  tool({ name: 'anything', type: 'dummy' }),
  tool({ name: 'old_tool', type: 'dummy' }, { archived: true }),
  tool({ name: 'off_tool', type: 'dummy' }, { enabled: false }),
];
