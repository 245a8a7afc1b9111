import { NIL as nilUuid } from 'uuid';
import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Identity } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { type Auth, authDefinitionOf, secretOf, withCredential } from '../auth/registry.ts';
import type { ConnectorDefinition } from '../connectors/registry.ts';
import { type ConnectorRevisionRow, listConnectorRevisions } from '../db/connector-revisions.ts';
import type { ConnectorRow } from '../db/connectors.ts';
import { readVersions } from '../db/tools.ts';
import { diffConnectors, diffDefinitions } from '../diff-definitions.ts';
import { providerOf } from '../providers/registry.ts';
import { resolveTool } from '../resolve-tool.ts';
import type { ToolDefinition, ToolDefinitionInput } from '../tool-definition.ts';
import type {
  ConnectorView,
  connectorBlastRadiusSchema,
  connectorDiffSchema,
  connectorVersionSchema,
} from '../tool-schemas.ts';
import { checkConnectorDefinition } from './check-definition.ts';
import { connectorView, readConnectorRow, sentConnector } from './read-connectors.ts';
import { readConnectorDefinition, storedDefinition } from './tool-service.ts';

type BlastRadius = z.infer<typeof connectorBlastRadiusSchema>;

/** Newest first. @throws InterlockError `not_found` */
export async function readConnectorVersions(
  context: ReadContext,
  connectorId: string,
): Promise<z.infer<typeof connectorVersionSchema>[]> {
  const { services, identity } = context;
  const row = await readConnectorRow(context, connectorId);
  const revisions = await services.db.tenant(identity.tenantId, (connection) =>
    listConnectorRevisions(connection, connectorId),
  );
  return revisions.map((each) => ({
    connectorId,
    version: each.revision,
    current: each.revision === row.revision,
    createdAt: each.created_at.toISOString(),
    createdBy: creatorOf(each),
    note: each.note,
    definition: revisionView(identity, row, each),
  }));
}

/** Two revisions, and what going from the first to the second does to the tools of today. @throws InterlockError `not_found` */
export async function readConnectorDiff(
  context: ReadContext,
  { id, ...versions }: { id: string; from: number; to: number },
): Promise<z.infer<typeof connectorDiffSchema>> {
  const { services, identity } = context;
  const row = await readConnectorRow(context, id);
  const { from, to, tools } = await services.db.tenant(identity.tenantId, async (connection) => ({
    from: await mustReadRevision(connection, id, versions.from),
    to: await mustReadRevision(connection, id, versions.to),
    tools: await readToolsOf(connection, row),
  }));
  return {
    ...versions,
    ...compare(tools, definitionOf(from), definitionOf(to)),
    before: revisionView(identity, row, from),
    after: revisionView(identity, row, to),
  };
}

/**
 * What a change of a connector would do to the tools that use it.
 * @throws InterlockError `not_found`, or `invalid_definition` for a definition that cannot be saved
 */
export async function readConnectorBlastRadius(
  context: ReadContext,
  connectorId: string,
  sent: Record<string, unknown>,
): Promise<BlastRadius> {
  const { services, identity } = context;
  const row = await readConnectorRow(context, connectorId);
  const next = checkConnectorDefinition(sentConnector(identity, row, sent), { secretRequired: false });
  const before = readConnectorDefinition(row.definition);
  const after = { ...next, auth: asStored(next.auth, before.auth) };
  const tools = await services.db.tenant(identity.tenantId, (connection) => readToolsOf(connection, row));
  return compare(tools, before, after);
}

/** Auth with the credential that it would have: the present one where no secret is written. */
function asStored(auth: Auth, before: Auth): Auth {
  if (authDefinitionOf(auth).secretField === null) return auth;
  const { secret, credentialId = before.type === auth.type ? secretOf(before).credentialId : undefined } =
    secretOf(auth);
  if (secret !== undefined) return withCredential(auth, nilUuid);
  return credentialId === undefined ? auth : withCredential(auth, credentialId);
}

/** @throws InterlockError `not_found` */
export async function mustReadRevision(
  connection: TenantConnection,
  connectorId: string,
  number: number,
): Promise<ConnectorRevisionRow> {
  const [revision] = await listConnectorRevisions(connection, connectorId, number);
  if (!revision) throw new InterlockError('not_found', 'Version not found.');
  return revision;
}

export const definitionOf = (revision: ConnectorRevisionRow): ConnectorDefinition =>
  readConnectorDefinition(revision.definition);

function revisionView(identity: Identity, row: ConnectorRow, revision: ConnectorRevisionRow): ConnectorView {
  return connectorView(identity, {
    ...row,
    ...revision,
    created_at: row.created_at,
    updated_at: revision.created_at,
  });
}

type UsingTool = ConnectorRow['tools'][number] & { written: ToolDefinitionInput };

async function readToolsOf(connection: TenantConnection, { tools }: ConnectorRow): Promise<UsingTool[]> {
  const found: UsingTool[] = [];
  for (const tool of tools) {
    const [stored] = await readVersions(connection, tool.id, tool.version);
    if (stored) found.push({ ...tool, written: storedDefinition(stored) });
  }
  return found;
}

function compare(
  tools: readonly UsingTool[],
  before: ConnectorDefinition,
  after: ConnectorDefinition,
): BlastRadius {
  const changed = tools.flatMap(({ written, ...tool }) => {
    const [was, is] = [resolveTool(written, before), resolveTool(written, after)];
    const issues = newIssues(was, is);
    const changes = diffDefinitions(was, is);
    if (changes.length === 0 && issues.length === 0) return [];
    const breaking = issues.length > 0 || changes.some(({ impact }) => impact === 'breaking');
    return [{ ...tool, breaking, changes, issues }];
  });
  return {
    breaking: changed.some((tool) => tool.breaking),
    changes: diffConnectors(before, after),
    tools: changed,
  };
}

/** What is wrong with a tool only after a change of its connector. */
function newIssues(before: ToolDefinition, after: ToolDefinition): Issue[] {
  const known = new Set(
    providerOf(before)
      .check(before)
      .map(({ path, message }) => `${path} ${message}`),
  );
  return providerOf(after)
    .check(after)
    .filter(({ path, message }) => !known.has(`${path} ${message}`));
}
