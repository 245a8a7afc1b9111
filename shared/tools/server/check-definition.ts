import type { z } from 'zod';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkSchema, checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { checkAuth, inherits } from '../auth/registry.ts';
import {
  type ConnectorDefinition,
  checkConnector,
  connectorDefinitionSchema,
} from '../connectors/registry.ts';
import { findConnector } from '../db/connectors.ts';
import { providerOf, type ToolDefinition, type ToolDefinitionInput } from '../providers/registry.ts';
import { resolveTool } from '../resolve-tool.ts';
import { toolDefinitionSchema } from '../tool-definition.ts';
import { checkConfig } from './check-config.ts';
import { readConnectorDefinition } from './tool-service.ts';

export interface CheckedTool {
  /** As written: what was left out stays out, so that a connector can provide it. */
  written: ToolDefinitionInput;
  /** With the connector folded in and every default. */
  resolved: ToolDefinition;
  connectorId: string | null;
}

/**
 * Every problem of a definition, each at its place. Changes nothing.
 * @param secretRequired false where a stored secret may be kept
 * @throws InterlockError `invalid_definition`
 */
export async function checkToolDefinition(
  db: Database,
  tenantId: string,
  sent: unknown,
  { secretRequired }: { secretRequired: boolean },
): Promise<CheckedTool> {
  const written = withoutNewDefault(fitTo(toolDefinitionSchema, sent) as ToolDefinitionInput);
  const definition = parse(toolDefinitionSchema, written, 'Invalid tool definition.');
  const issues = [
    ...(await checkSchema(definition.inputSchema, '/inputSchema', tenantId)),
    ...(definition.outputSchema ? await checkSchema(definition.outputSchema, '/outputSchema', tenantId) : []),
    ...checkInputIsObject(definition.inputSchema),
    ...checkAuth(definition.auth, { secretRequired }),
    ...checkLimits(definition),
  ];
  // Templates are checked against the inputs, so the input schema must be valid first.
  if (!issues.some((issue) => issue.path.startsWith('/inputSchema')))
    issues.push(...(await checkConfig(definition, tenantId)));
  const connectorId = providerOf(definition).connector?.idOf(definition.config) ?? null;
  if (connectorId === null && inherits(definition.auth))
    issues.push({ path: '/auth/type', message: 'There is no connector to inherit from', keyword: 'auth' });
  const connector = connectorId
    ? await db.tenant(tenantId, (connection) => readConnector(connection, connectorId, definition, issues))
    : null;
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'Invalid tool definition.', { issues });
  return { written, resolved: resolveTool(written, connector), connectorId };
}

/** The previous version refuses a field that it does not know, and reads the same definitions during a deployment. */
function withoutNewDefault(sent: ToolDefinitionInput): ToolDefinitionInput {
  if (sent?.serverErrors !== 'unknown') return sent;
  const { serverErrors: _default, ...written } = sent;
  return written;
}

/** @throws InterlockError `invalid_definition` */
export function checkConnectorDefinition(
  sent: unknown,
  { secretRequired }: { secretRequired: boolean },
): ConnectorDefinition {
  const definition = parse(
    connectorDefinitionSchema,
    fitTo(connectorDefinitionSchema, sent),
    'Invalid connector definition.',
  );
  const issues = checkConnector(definition, { secretRequired });
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'Invalid connector definition.', { issues });
  return definition;
}

async function readConnector(
  connection: TenantConnection,
  connectorId: string,
  { type, scope }: ToolDefinition,
  issues: Issue[],
): Promise<ConnectorDefinition | null> {
  const row = isUuid(connectorId) ? await findConnector(connection, connectorId) : null;
  const path = '/config/connectorId';
  const issue = (message: string) => issues.push({ path, message, keyword: 'connector' });
  if (!row) {
    issue('Connector not found');
    return null;
  }
  if (scope === 'global' && row.tenant_id !== null) issue('A global tool requires a global connector');
  const connector = readConnectorDefinition(row.definition);
  if (!providerOf({ type }).connector?.kinds.includes(connector.kind)) {
    issue(`A tool of type ${type} cannot use a connector of kind ${connector.kind}`);
  }
  return connector;
}

function parse<T extends z.ZodType>(schema: T, sent: unknown, message: string): z.output<T> {
  const unstorable = checkStorable(sent as JsonValue);
  if (unstorable.length > 0) throw new InterlockError('invalid_definition', message, { issues: unstorable });
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new InterlockError('invalid_definition', message, { issues: issuesOf(parsed.error) });
}

function checkInputIsObject(schema: Record<string, unknown>): Issue[] {
  const { type } = schema;
  const fits = type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'));
  return fits ? [] : [{ path: '/inputSchema/type', message: 'The input must be an object', keyword: 'type' }];
}

function checkLimits(definition: ToolDefinition): Issue[] {
  const issues: Issue[] = [];
  if (definition.timeoutMs > definition.deadlineMs) {
    issues.push({
      path: '/timeoutMs',
      message: 'The timeout of one attempt must not exceed the deadline for all attempts (deadlineMs)',
      keyword: 'limits',
    });
  }
  if (definition.retry.initialMs > definition.retry.maxMs) {
    issues.push({
      path: '/retry/initialMs',
      message: 'The first backoff must not exceed the longest one (maxMs)',
      keyword: 'limits',
    });
  }
  return issues;
}
