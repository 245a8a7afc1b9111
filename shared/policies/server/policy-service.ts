import { v7 as uuidv7 } from 'uuid';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import { loadTool } from '../../tools/server/tool-service.ts';
import {
  insertPolicy,
  keepPolicyRevision,
  listPolicies,
  lockArchivedPolicy,
  lockPolicy,
  type PolicyRow,
  raisePolicyRevision,
  readPolicy,
  readPolicyRevisions,
  updatePolicy,
} from '../db/policies.ts';
import { readPolicyNames } from '../db/policy-names.ts';
import { isAbout } from '../decide.ts';
import type { PolicyVersion, PolicyView } from '../policy-schemas.ts';
import { type PolicyNames, summaryOf } from '../policy-words.ts';
import { checkPolicy, type NamedPolicy } from './check-policy.ts';
import { documentOf, policyFormatVersion } from './policy-set.ts';

/** Every call asks all of them, and the list is read whole. */
const maxPolicies = 200;

const policyNotFound = () => new InterlockError('not_found', 'Policy not found.');

/**
 * Oldest first.
 * @param toolId only those that are about this tool
 */
export async function readPolicies(
  { services, identity }: ReadContext,
  toolId?: string,
): Promise<PolicyView[]> {
  const { tenantId } = identity;
  const tool = toolId === undefined ? null : await loadTool(services.db, tenantId, toolId);
  if (toolId !== undefined && !tool) return [];
  return services.db.tenant(tenantId, async (connection) => {
    const rows = (await listPolicies(connection)).map((row) => ({ row, document: documentOf(row) }));
    const chosen = tool ? rows.filter(({ document }) => isAbout(document.tools, tool)) : rows;
    const names = await readPolicyNames(
      connection,
      chosen.map(({ document }) => document),
    );
    return chosen.map(({ row, document }) => viewOf(row, document, names));
  });
}

/** @throws InterlockError `not_found` */
export async function readOnePolicy({ services, identity }: ReadContext, id: string): Promise<PolicyView> {
  if (!isUuid(id)) throw policyNotFound();
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await readPolicy(connection, id);
    if (!row) throw policyNotFound();
    const document = documentOf(row);
    return viewOf(row, document, await readPolicyNames(connection, [document]));
  });
}

function viewOf(row: PolicyRow, document: NamedPolicy, names: PolicyNames): PolicyView {
  return {
    id: row.id,
    revision: row.revision,
    ...document,
    summary: summaryOf(document, names),
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
    updatedBy: { type: row.updated_by_type, id: row.updated_by_id, name: row.updated_by_name },
    updatedAt: row.updated_at.toISOString(),
  };
}

const stored = (document: NamedPolicy) => ({
  document: { ...document },
  format_version: policyFormatVersion,
});

const subjectType = 'policy';

type CreateContext = ChangeContext<{ environment: Environment }>;

/**
 * It counts for every call from its commit on, in every process. With an idempotency key, it is created once.
 * @throws InterlockError `invalid_definition`, `idempotency_conflict` when the key was used with another policy, or
 * `conflict` when the tenant has too many
 */
export async function createPolicy(
  context: CreateContext,
  sent: Record<string, unknown>,
  idempotencyKey?: string,
): Promise<PolicyView> {
  const document = await checkPolicy(context, sent);
  const { tenantId, actor } = context.identity;
  const id = uuidv7();
  const request = idempotencyKey === undefined ? null : requestOf(context, idempotencyKey, document);
  const created = await context.services.db.tenantTransaction(tenantId, async (connection) => {
    const before = await createdBefore(connection, request && { ...request, subjectType, subjectId: id });
    if (before) return before;
    // Changes of a tenant take turns from here on.
    await raisePolicyRevision(connection);
    await checkRoom(connection);
    await keepPolicyRevision(connection, await insertPolicy(connection, id, stored(document), actor));
    const { name, effect } = document;
    await tell(connection, context, {
      type: 'PolicyCreated',
      subjectType,
      subjectId: id,
      data: { name, effect, enabled: document.enabled },
    });
    return id;
  });
  return readOnePolicy(context, created);
}

function requestOf(
  { services }: CreateContext,
  key: string,
  document: NamedPolicy,
): { key: string; fingerprint: string } {
  const digest = createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET);
  return { key, fingerprint: digest('idempotency', document as unknown as JsonObject) };
}

/** @throws InterlockError `not_found`, `invalid_definition`, or `precondition_failed` */
export async function updatePolicyDocument(
  context: ChangeContext,
  id: string,
  sent: Record<string, unknown>,
  ifMatch?: IfMatch,
): Promise<PolicyView> {
  await readOnePolicy(context, id);
  return writePolicy(context, id, await checkPolicy(context, sent), { ifMatch });
}

/**
 * What a policy said at an earlier revision becomes what it says now.
 * @throws InterlockError `not_found`, `invalid_definition` when it names what is gone, or `precondition_failed`
 */
export async function restorePolicy(
  context: ChangeContext,
  id: string,
  revision: number,
  ifMatch?: IfMatch,
): Promise<PolicyView> {
  const version = (await readPolicyVersions(context, id)).find((each) => each.version === revision);
  if (!version) throw new InterlockError('not_found', 'Version not found.');
  const document = await checkPolicy(context, { ...version.document });
  return writePolicy(context, id, document, { ifMatch, restored: revision });
}

/** Newest first. @throws InterlockError `not_found` */
export async function readPolicyVersions(
  { services, identity }: ReadContext,
  id: string,
): Promise<PolicyVersion[]> {
  if (!isUuid(id)) throw policyNotFound();
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await readPolicy(connection, id);
    if (!row) throw policyNotFound();
    const revisions = await readPolicyRevisions(connection, row);
    const documents = revisions.map(documentOf);
    const names = await readPolicyNames(connection, documents);
    return revisions.map((revision, index) => ({
      policyId: id,
      version: revision.revision,
      current: revision.revision === row.revision,
      createdAt: revision.created_at.toISOString(),
      createdBy: creatorOf(revision),
      restored: revision.restored,
      document: documents[index]!,
      summary: summaryOf(documents[index]!, names),
    }));
  });
}

async function writePolicy(
  context: ChangeContext,
  id: string,
  document: NamedPolicy,
  { ifMatch, restored = null }: { ifMatch?: IfMatch | undefined; restored?: number | null },
): Promise<PolicyView> {
  const { tenantId, actor } = context.identity;
  await context.services.db
    .tenantTransaction(tenantId, async (connection) => {
      await raisePolicyRevision(connection);
      const before = await lockPolicy(connection, id);
      if (!before) throw policyNotFound();
      checkState(ifMatch, before.revision);
      await keepPolicyRevision(connection, before);
      const after = await updatePolicy(connection, id, stored(document), actor);
      await keepPolicyRevision(connection, after, restored);
      const { revision } = after;
      const { name, effect, enabled } = document;
      await tell(connection, context, {
        type: restored === null ? 'PolicyUpdated' : 'PolicyRestored',
        subjectType,
        subjectId: id,
        data: {
          name,
          effect,
          enabled,
          revision,
          ...(restored !== null && { restored }),
          fields: changedFields(documentOf(before), document),
        },
      });
    })
    .catch(stalePolicy(context, id));
  return readOnePolicy(context, id);
}

function changedFields(before: NamedPolicy, after: NamedPolicy): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof NamedPolicy>;
  return [...fields].filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** Executions keep what it decided. @throws InterlockError `not_found` or `precondition_failed` */
export async function archivePolicy(context: ChangeContext, id: string, ifMatch?: IfMatch): Promise<void> {
  if (!isUuid(id)) throw policyNotFound();
  const { tenantId, actor } = context.identity;
  await context.services.db
    .tenantTransaction(tenantId, async (connection) => {
      await raisePolicyRevision(connection);
      const before = await lockPolicy(connection, id);
      if (!before) throw policyNotFound();
      checkState(ifMatch, before.revision);
      await updatePolicy(connection, id, { archived: true }, actor);
      await tell(connection, context, {
        type: 'PolicyArchived',
        subjectType,
        subjectId: id,
        data: { name: documentOf(before).name },
      });
    })
    .catch(stalePolicy(context, id));
}

/**
 * Puts an archived policy in force again, enabled or disabled as it was. One that is not archived stays as it is.
 * @throws InterlockError `not_found`, or `conflict` when the tenant has too many
 */
export async function reactivatePolicy(context: ChangeContext, id: string): Promise<PolicyView> {
  if (!isUuid(id)) throw policyNotFound();
  const { tenantId, actor } = context.identity;
  await context.services.db.tenantTransaction(tenantId, async (connection) => {
    const before = await lockArchivedPolicy(connection, id);
    if (!before) return;
    await raisePolicyRevision(connection);
    await checkRoom(connection);
    await updatePolicy(connection, id, { archived: false }, actor);
    const { name, effect, enabled } = documentOf(before);
    await tell(connection, context, {
      type: 'PolicyUnarchived',
      subjectType,
      subjectId: id,
      data: { name, effect, enabled },
    });
  });
  return readOnePolicy(context, id);
}

async function checkRoom(connection: TenantConnection): Promise<void> {
  if ((await listPolicies(connection)).length >= maxPolicies)
    throw new InterlockError('conflict', `An organization has at most ${maxPolicies} policies.`);
}

function stalePolicy(context: ReadContext, id: string): (error: unknown) => Promise<never> {
  return refuseStale(async () => {
    const current = await readOnePolicy(context, id);
    return { what: 'The policy', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
  });
}
