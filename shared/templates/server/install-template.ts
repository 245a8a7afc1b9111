import type { ChangeContext } from '../../events/server/change-context.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { alreadyExists } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { authSchema, checkAuth } from '../../tools/auth/registry.ts';
import { insertConnectorDraft, newConnector } from '../../tools/server/write-connector.ts';
import { insertDraft, newTool } from '../../tools/server/write-tool.ts';
import type { ServiceTemplates, ToolTemplate } from '../template-data.ts';
import { checkParameters, connectorDefinition, toolDefinition } from '../template-definitions.ts';
import type { InstallTemplate } from '../template-schemas.ts';
import { findTemplate } from './template-catalog.ts';
import { serviceConnector } from './template-view.ts';

type InstallContext = ChangeContext<{ vault: Vault; environment: Environment }>;

const subjectType = 'template_install';

/**
 * Makes the tool of a template, and the connector of its service where there is none yet: both or neither. The second tool
 * of a service needs no secret. With an idempotency key, it is made once.
 * @returns the id of the tool
 * @throws InterlockError `not_found`, `invalid_input` for the parameters, `invalid_definition` for the auth,
 * `already_exists` when the name is taken, or `idempotency_conflict`
 */
export async function installTemplate(
  context: InstallContext,
  id: string,
  { idempotencyKey, ...sent }: InstallTemplate,
): Promise<string> {
  const { services, identity } = context;
  const { data, tool } = await findTemplate(id, sent.language);
  const { connectorId, connectorDraft, toolAuth } = await connectorOf(context, data, tool, sent);
  const draft = await newTool(
    context,
    { ...toolDefinition(data, sent.name ?? id, tool, connectorId), ...(toolAuth && { auth: toolAuth }) },
    connectorDraft ? new Map([[connectorDraft.id, connectorDraft.connector]]) : undefined,
  );
  const digest = createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET);
  const request =
    idempotencyKey === undefined
      ? null
      : {
          key: idempotencyKey,
          fingerprint: digest('idempotency', { id, ...sent } as unknown as JsonObject),
          subjectType,
          subjectId: draft.toolId,
        };
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const before = await createdBefore(connection, request);
    if (before) return before;
    if (connectorDraft) await insertConnectorDraft(connection, context, connectorDraft);
    await insertDraft(connection, context, draft);
    return draft.toolId;
  });
}

/** The connector of the service: that of an earlier tool, or a new one. */
async function connectorOf(
  context: InstallContext,
  data: ServiceTemplates,
  tool: ToolTemplate,
  { auth, parameters, connectorName }: InstallTemplate,
): Promise<{
  /** Null: the tool needs none. */
  connectorId: string | null;
  connectorDraft: Awaited<ReturnType<typeof newConnector>> | null;
  /** Of the tool alone. */
  toolAuth: Record<string, unknown> | null;
}> {
  if (tool.baseUrl !== undefined) return { connectorId: null, connectorDraft: null, toolAuth: auth ?? null };
  const { services, identity } = context;
  const name = connectorName ?? data.service;
  const existing = await services.db.tenant(identity.tenantId, (connection) =>
    serviceConnector(connection, data, name),
  );
  if (existing && !existing.fits)
    throw alreadyExists(
      `The connector ${name} calls something else than ${data.title}. Send another connectorName`,
    );
  if (existing && parameters === undefined && auth === undefined)
    return { connectorId: existing.id, connectorDraft: null, toolAuth: null };
  const inAuth =
    auth !== undefined &&
    Object.values(data.auth).some((value) => typeof value === 'string' && value.includes('{'));
  const definition = connectorDefinition(data, parameters ?? {});
  const parameterIssues =
    !existing || parameters !== undefined || inAuth ? checkParameters(data, parameters ?? {}) : [];
  // Whoever has to correct one of them learns of the other too.
  if (parameterIssues.length > 0)
    throw new InterlockError('invalid_input', 'The tool was not installed.', {
      issues: [...parameterIssues, ...(existing ? [] : authIssues(completed(definition.auth, auth ?? {})))],
    });
  if (existing) {
    if (parameters !== undefined && existing.baseUrl !== definition.baseUrl)
      throw alreadyExists(
        `The connector ${name} calls ${existing.baseUrl}. Send another connectorName for ${definition.baseUrl}`,
      );
    const toolAuth = auth === undefined ? null : completed(definition.auth, auth);
    return { connectorId: existing.id, connectorDraft: null, toolAuth };
  }
  const connectorDraft = await newConnector(context, {
    ...definition,
    name,
    auth: completed(definition.auth, auth ?? {}),
  });
  return { connectorId: connectorDraft.id, connectorDraft, toolAuth: null };
}

/** Auth of the same kind has the settings of the template where it does not say others. */
function completed(
  settings: Record<string, unknown>,
  auth: Record<string, unknown>,
): Record<string, unknown> {
  return auth.type === undefined || auth.type === settings.type ? { ...settings, ...auth } : auth;
}

function authIssues(block: Record<string, unknown>): Issue[] {
  const parsed = authSchema.safeParse(block);
  if (parsed.success) return checkAuth(parsed.data);
  return issuesOf(parsed.error).map((issue) => ({ ...issue, path: `/auth${issue.path}` }));
}
