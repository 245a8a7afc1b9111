import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkSchema } from '../../platform/server/json-schema.ts';
import { checkAuth, inherits } from '../auth/registry.ts';
import {
  type ConnectorDefinition,
  checkConnector,
  connectorDefinitionSchema,
} from '../connectors/registry.ts';
import { findConnector, isConnectorArchived } from '../db/connectors.ts';
import {
  inStoredForm,
  providerOf,
  type ToolDefinition,
  type ToolDefinitionInput,
  takesAuth,
} from '../providers/registry.ts';
import { resolveTool } from '../resolve-tool.ts';
import { toolDefinitionSchema } from '../tool-definition.ts';
import { connectorFields, toolFields } from '../tool-fields.ts';
import { checkConfig } from './check-config.ts';
import { checkUndo } from './check-undo.ts';
import { completeConfig } from './complete-config.ts';
import { readShape } from './read-shape.ts';
import { checkSecret } from './secret-rules.ts';
import { readConnectorDefinition } from './tool-service.ts';

export interface CheckedTool {
  /** As written: what was left out stays out, so that a connector can provide it. */
  written: ToolDefinitionInput;
  /** With the connector folded in and every default. */
  resolved: ToolDefinition;
  connectorId: string | null;
}

/** By their id: connectors that are about to be written, checked. */
export type NewConnectors = ReadonlyMap<string, ConnectorDefinition>;

/**
 * Every problem of a definition, each at its place. Changes nothing. What is wrong with the shape of one field does not
 * hide what is wrong with the others.
 * @param secretRequired false where a stored secret may be kept
 * @throws InterlockError `invalid_definition`
 */
export async function checkToolDefinition(
  db: Database,
  tenantId: string,
  sent: unknown,
  { secretRequired, connectors }: { secretRequired: boolean; connectors?: NewConnectors | undefined },
): Promise<CheckedTool> {
  const written = withoutNewDefault(fitTo(toolDefinitionSchema, inStoredForm(sent)) as ToolDefinitionInput);
  const { issues, isValid, whole, fields } = readShape(toolDefinitionSchema, toolFields, written);
  for (const field of ['inputSchema', 'outputSchema'] as const) {
    const schema = isValid(field) ? fields?.[field] : undefined;
    if (schema) issues.push(...(await checkSchema(schema, `/${field}`, tenantId)));
  }
  if (fields) issues.push(...checkInputIsObject(fields.inputSchema));
  if (fields) issues.push(...checkAuth(fields.auth, { secretRequired }));
  if (fields) issues.push(...newIssues(issues, checkSecret(fields.auth)));
  if (fields && isValid('timeoutMs', 'deadlineMs', 'retry')) issues.push(...checkLimits(fields));
  // Templates are checked against the inputs and the auth, so these must be valid first.
  if (whole && isValid('inputSchema', 'auth') && !issues.some(({ path }) => path.startsWith('/inputSchema')))
    issues.push(...(await checkConfig(whole, tenantId)));
  if (fields?.undo && isValid('undo', 'inputSchema', 'outputSchema'))
    issues.push(...(await checkUndo(fields.undo, fields, tenantId)));
  const connectorId = (whole && providerOf(whole).connector?.idOf(whole.config)) ?? null;
  if (whole && connectorId === null && inherits(whole.auth))
    issues.push({ path: '/auth/type', message: 'There is no connector to inherit from', keyword: 'auth' });
  const connector =
    whole && connectorId
      ? (connectors?.get(connectorId) ??
        (await db.tenant(tenantId, (connection) => readConnector(connection, connectorId, whole, issues))))
      : null;
  if (whole && connector) issues.push(...checkKind(whole, connector));
  refuseIssues(issues);
  const resolved = resolveTool(written, connector);
  if (!takesAuth(resolved)) {
    const message = `A tool of type ${resolved.type} does not take auth of kind ${resolved.auth.type}`;
    issues.push({ path: '/auth/type', message, keyword: 'auth' });
  }
  const completed = await completeConfig(resolved, tenantId, connector);
  refuseIssues([...issues, ...completed.issues]);
  if (!completed.config && !completed.defaults) return { written, resolved, connectorId };
  const complete = {
    ...completed.defaults,
    ...written,
    config: { ...written.config, ...completed.config },
  } as ToolDefinitionInput;
  return { written: complete, resolved: resolveTool(complete, connector), connectorId };
}

function refuseIssues(issues: Issue[]): void {
  if (issues.length > 0)
    throw new InterlockError('invalid_definition', 'Invalid tool definition.', { issues });
}

/** Those at places of which nothing is said yet. */
function newIssues(known: readonly Issue[], more: readonly Issue[]): Issue[] {
  const places = new Set(known.map(({ path }) => path));
  return more.filter(({ path }) => !places.has(path));
}

/** The previous version refuses a field that it does not know, and reads the same definitions during a deployment. */
function withoutNewDefault(sent: ToolDefinitionInput): ToolDefinitionInput {
  if (sent?.serverErrors !== 'unknown') return sent;
  const { serverErrors: _default, ...written } = sent;
  return written;
}

/** The same for a connector. @throws InterlockError `invalid_definition` */
export function checkConnectorDefinition(
  sent: unknown,
  { secretRequired }: { secretRequired: boolean },
): ConnectorDefinition {
  const { issues, whole, fields } = readShape(
    connectorDefinitionSchema,
    connectorFields,
    fitTo(connectorDefinitionSchema, sent),
  );
  if (whole) issues.push(...checkConnector(whole, { secretRequired }));
  else if (fields) issues.push(...checkAuth(fields.auth, { secretRequired }));
  if (fields) issues.push(...newIssues(issues, checkSecret(fields.auth)));
  if (issues.length > 0 || !whole)
    throw new InterlockError('invalid_definition', 'Invalid connector definition.', { issues });
  return whole;
}

async function readConnector(
  connection: TenantConnection,
  connectorId: string,
  { scope }: ToolDefinition,
  issues: Issue[],
): Promise<ConnectorDefinition | null> {
  const row = isUuid(connectorId) ? await findConnector(connection, connectorId) : null;
  const path = '/config/connectorId';
  const issue = (message: string) => issues.push({ path, message, keyword: 'connector' });
  if (!row) {
    const archived = isUuid(connectorId) && (await isConnectorArchived(connection, connectorId));
    issue(archived ? 'The connector is archived: choose another one' : 'Connector not found');
    return null;
  }
  if (scope === 'global' && row.tenant_id !== null) issue('A global tool requires a global connector');
  return readConnectorDefinition(row.definition);
}

function checkKind({ type }: ToolDefinition, { kind }: ConnectorDefinition): Issue[] {
  if (providerOf({ type }).connector?.kinds.includes(kind)) return [];
  const message = `A tool of type ${type} cannot use a connector of kind ${kind}`;
  return [{ path: '/config/connectorId', message, keyword: 'connector' }];
}

function checkInputIsObject(schema: Record<string, unknown>): Issue[] {
  const { type } = schema;
  const fits = type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'));
  return fits ? [] : [{ path: '/inputSchema/type', message: 'The input must be an object', keyword: 'type' }];
}

function checkLimits(definition: Pick<ToolDefinition, 'timeoutMs' | 'deadlineMs' | 'retry'>): Issue[] {
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
