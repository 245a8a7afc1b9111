import type { z } from 'zod';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkSchema, checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { checkAuth } from '../auth/registry.ts';
import { checkConnector } from '../connectors/rest/definition.ts';
import { findConnector } from '../db/connectors.ts';
import { checkConfig } from '../providers/registry.ts';
import { resolveTool } from '../resolve-tool.ts';
import {
  type ConnectorDefinition,
  connectorDefinitionSchema,
  type ToolDefinition,
  type ToolDefinitionInput,
  toolDefinitionSchema,
} from '../tool-definition.ts';
import { readConnectorDefinition } from './tool-service.ts';

export interface CheckedTool {
  /** As written, with unknown fields refused; what was left out stays out, so that a connector can give it. */
  written: ToolDefinitionInput;
  /** With every default and the connector folded in. */
  resolved: ToolDefinition;
  connectorId: string | null;
}

/**
 * Everything that can be said about a definition without changing anything; every problem has its place.
 * @param secretRequired false where a stored secret may be kept
 * @throws InterlockError `invalid_definition`
 */
export async function checkToolDefinition(
  connection: TenantConnection,
  sent: unknown,
  { secretRequired }: { secretRequired: boolean },
): Promise<CheckedTool> {
  const written = sent as ToolDefinitionInput;
  const definition = parse(toolDefinitionSchema, sent, 'The tool definition is not valid.');
  const issues = [
    ...checkSchema(definition.inputSchema, '/inputSchema'),
    ...(definition.outputSchema ? checkSchema(definition.outputSchema, '/outputSchema') : []),
    ...checkInputIsObject(definition.inputSchema),
    ...checkAuth(definition.auth, { secretRequired }),
    ...checkLimits(definition),
  ];
  // Templates are checked against the inputs, so a schema that is none comes first.
  if (!issues.some((issue) => issue.path.startsWith('/inputSchema'))) issues.push(...checkConfig(definition));
  const connectorId = definition.type === 'http' ? (definition.config.connectorId ?? null) : null;
  const connector = connectorId
    ? await readConnector(connection, connectorId, definition.scope, issues)
    : null;
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'The tool definition is not valid.', { issues });
  return { written, resolved: resolveTool(written, connector), connectorId };
}

/** @throws InterlockError `invalid_definition` */
export function checkConnectorDefinition(
  sent: unknown,
  { secretRequired }: { secretRequired: boolean },
): ConnectorDefinition {
  const definition = parse(connectorDefinitionSchema, sent, 'The connector is not valid.');
  const issues = checkConnector(definition, { secretRequired });
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'The connector is not valid.', { issues });
  return definition;
}

async function readConnector(
  connection: TenantConnection,
  connectorId: string,
  scope: ToolDefinition['scope'],
  issues: Issue[],
): Promise<ConnectorDefinition | null> {
  const row = isUuid(connectorId) ? await findConnector(connection, connectorId) : null;
  const path = '/config/connectorId';
  if (!row) issues.push({ path, message: 'There is no such connector', keyword: 'connector' });
  else if (scope === 'global' && row.tenant_id !== null) {
    issues.push({ path, message: 'A global tool needs a global connector', keyword: 'connector' });
  }
  return row && readConnectorDefinition(row.definition);
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
  return fits ? [] : [{ path: '/inputSchema/type', message: 'An input is an object', keyword: 'type' }];
}

function checkLimits(definition: ToolDefinition): Issue[] {
  const issues: Issue[] = [];
  if (definition.timeoutMs > definition.deadlineMs) {
    issues.push({
      path: '/timeoutMs',
      message: 'One attempt may not take longer than all of them (deadlineMs)',
      keyword: 'limits',
    });
  }
  if (definition.retry.initialMs > definition.retry.maxMs) {
    issues.push({
      path: '/retry/initialMs',
      message: 'The first wait may not be longer than the longest (maxMs)',
      keyword: 'limits',
    });
  }
  return issues;
}
