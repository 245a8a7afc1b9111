import { z } from 'zod';
import { archivedSchema } from '../../shared/archived/archived-schemas.ts';
import { eventSchema } from '../../shared/events/event-schemas.ts';
import {
  commentSchema,
  exceptionDomainSchema,
  exceptionSchema,
  exceptionSummarySchema,
  exceptionViewSchema,
  timelineItemSchema,
} from '../../shared/exceptions/exception-schemas.ts';
import {
  attemptSchema,
  executionSchema,
  executionSummarySchema,
} from '../../shared/executions/execution-schemas.ts';
import { previewSchema } from '../../shared/executions/preview-schemas.ts';
import { actorSchema, memberSchema, meSchema } from '../../shared/identity/identity-schemas.ts';
import {
  apiKeySchema,
  invitationSchema,
  memberDetailSchema,
  newApiKeySchema,
  newInvitationSchema,
  sessionSchema,
} from '../../shared/people/people-schemas.ts';
import { issueSchema } from '../../shared/platform/page-schemas.ts';
import { inboxItemSchema, noticeSchema } from '../../shared/playbooks/inbox-schemas.ts';
import { playbookDocumentSchema } from '../../shared/playbooks/playbook-document.ts';
import {
  playbookSummarySchema,
  playbookVersionViewSchema,
  playbookViewSchema,
} from '../../shared/playbooks/playbook-schemas.ts';
import { runSchema, runSummarySchema, stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { stepSchema } from '../../shared/playbooks/steps/registry.ts';
import { policyDocumentSchema, policySchema } from '../../shared/policies/policy-schemas.ts';
import { holdSchema } from '../../shared/retention/hold-schemas.ts';
import { retentionSettingsSchema } from '../../shared/retention/retention-schemas.ts';
import { connectionSchema } from '../../shared/tools/auth/oauth2-authorization-code/connection.ts';
import { connectorDefinitionSchema } from '../../shared/tools/connectors/registry.ts';
import { credentialSchema } from '../../shared/tools/credential-schemas.ts';
import { toolDefinitionSchema } from '../../shared/tools/tool-definition.ts';
import {
  connectorVersionSchema,
  connectorViewSchema,
  definitionChangeSchema,
  toolSummarySchema,
  toolVersionSchema,
  toolViewSchema,
} from '../../shared/tools/tool-schemas.ts';
import { viewSchema } from '../../shared/views/view-schemas.ts';
import {
  webhookDeliverySchema,
  webhookEndpointSchema,
  webhookEndpointWithSecretSchema,
} from '../../shared/webhooks/webhook-schemas.ts';
import { restOperations } from './rest-operations.ts';

type Json = Record<string, unknown>;

/** The names that generators give to the types of responses. */
const outputs: Record<string, z.ZodType> = {
  Actor: actorSchema,
  ApiKey: apiKeySchema,
  ApiKeyWithValue: newApiKeySchema,
  Attempt: attemptSchema,
  Comment: commentSchema,
  Connection: connectionSchema,
  Connector: connectorViewSchema,
  ConnectorVersion: connectorVersionSchema,
  DefinitionChange: definitionChangeSchema,
  Event: eventSchema,
  Exception: exceptionSchema,
  ExceptionDomain: exceptionDomainSchema,
  ExceptionSummary: exceptionSummarySchema,
  ExceptionView: exceptionViewSchema,
  SavedView: viewSchema,
  Archived: archivedSchema,
  Credential: credentialSchema,
  Execution: executionSchema,
  ExecutionSummary: executionSummarySchema,
  InboxItem: inboxItemSchema,
  Invitation: invitationSchema,
  InvitationWithLink: newInvitationSchema,
  Issue: issueSchema,
  Me: meSchema,
  Member: memberSchema,
  MemberDetail: memberDetailSchema,
  Notice: noticeSchema,
  Playbook: playbookViewSchema,
  PlaybookSummary: playbookSummarySchema,
  PlaybookVersion: playbookVersionViewSchema,
  Policy: policySchema,
  LegalHold: holdSchema,
  RetentionSettings: retentionSettingsSchema,
  Preview: previewSchema,
  Run: runSchema,
  RunSummary: runSummarySchema,
  Session: sessionSchema,
  Step: stepViewSchema,
  TimelineItem: timelineItemSchema,
  Tool: toolViewSchema,
  ToolSummary: toolSummarySchema,
  ToolVersion: toolVersionSchema,
  WebhookDelivery: webhookDeliverySchema,
  WebhookEndpoint: webhookEndpointSchema,
  WebhookEndpointWithSecret: webhookEndpointWithSecretSchema,
};

/** Those of request bodies. They take any JSON, so that every problem is reported at once; this is their shape. */
const inputs: Record<string, z.ZodType> = {
  ConnectorDefinition: connectorDefinitionSchema,
  PlaybookDocument: playbookDocumentSchema,
  PolicyDocument: policyDocumentSchema,
  StepDefinition: stepSchema,
  ToolDefinition: toolDefinitionSchema,
};

/** Operations whose whole body is a document, by its name above. */
export const bodyNames: Record<string, string> = {
  'tools.create': 'ToolDefinition',
  'tools.update': 'ToolDefinition',
  'tools.checkDefinition': 'ToolDefinition',
  'playbooks.blastRadius': 'ToolDefinition',
  'connectors.create': 'ConnectorDefinition',
  'connectors.check': 'ConnectorDefinition',
  'connectors.update': 'ConnectorDefinition',
  'connectors.blastRadius': 'ConnectorDefinition',
  'policies.create': 'PolicyDocument',
  'policies.update': 'PolicyDocument',
  'policies.check': 'PolicyDocument',
  'playbooks.create': 'PlaybookDocument',
  'playbooks.check': 'PlaybookDocument',
  'playbooks.update': 'PlaybookDocument',
};

/** The error responses of these statuses. */
export const errorResponses = (...statuses: number[]): Json =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Error' }]));

export const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** "tools.list" → "ToolsListResult", for a response without a name of its own. */
const resultName = (operation: string): string =>
  `${operation
    .split('.')
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('')}Result`;

/** The component of an operation's response. */
export function componentName(operation: string, output: z.ZodType): string {
  const named = Object.entries(outputs).find(([, schema]) => schema === output);
  return named?.[0] ?? resultName(operation);
}

/** Every named schema, with the responses of all operations. */
export function componentSchemas(): Json {
  const results = restOperations.flatMap(({ name, output }): [string, z.ZodType][] =>
    output ? [[componentName(name, output), output]] : [],
  );
  return {
    ...schemasOf({ ...outputs, ...Object.fromEntries(results) }, 'output'),
    ...schemasOf(inputs, 'input'),
  };
}

function schemasOf(named: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const shared = `Shared${io === 'input' ? 'Input' : 'Output'}`;
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  // What is used twice without a name has its own component too.
  const text = JSON.stringify(schemas).replaceAll('/__shared#/$defs/', `/${shared}.`);
  const { __shared, ...own } = JSON.parse(text) as Record<string, Json>;
  const parts = Object.entries((__shared?.$defs ?? {}) as Record<string, Json>).map(
    ([key, each]): [string, Json] => [`${shared}.${key}`, each],
  );
  return Object.fromEntries(
    [...Object.entries(own), ...parts].map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
}

/** An input as JSON Schema. Its `$defs` move to the components, where OpenAPI looks for references. */
export function inputSchema(schema: z.ZodType, name: string, schemas: Json): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  if (!$defs) return rest;
  const rename = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`));
  for (const [key, definition] of Object.entries($defs as Json))
    schemas[`${name}.${key}`] = rename(definition);
  return rename(rest) as Json;
}
