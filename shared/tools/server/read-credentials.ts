import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { eventCursorSchema } from '../../events/server/list-events.ts';
import { authorize, can } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  nameCursor,
  type Page,
  pageFrom,
  readCursor,
  readNameCursor,
  writeCursor,
} from '../../platform/server/paging.ts';
import { authView } from '../auth/auth-view.ts';
import { expiryState } from '../credential-expiry.ts';
import type {
  CredentialUses,
  CredentialView,
  credentialAccessSchema,
  credentialListInputSchema,
  credentialVersionSchema,
} from '../credential-schemas.ts';
import { findCredential } from '../db/credentials.ts';
import {
  type CredentialUseRow,
  type ListedCredential,
  listAccesses,
  listCredentials,
  listCredentialUses,
  listCredentialVersions,
} from '../db/credentials-list.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import type { OwnerId } from './credential-store.ts';
import { secretVariable } from './secret-variables.ts';

export function credentialNotFound(): InterlockError {
  return new InterlockError('not_found', 'Credential not found.');
}

/**
 * Whose a credential is that the caller may see: the tenant's, or for platform admins a global one.
 * @throws InterlockError `not_found`, the same for an archived one and another tenant's
 */
export async function ownerOfCredential(context: ReadContext, id: string): Promise<OwnerId> {
  const { tenantId } = context.identity;
  if (!isUuid(id)) throw credentialNotFound();
  for (const ownerId of can(context.identity, 'credentials.write_global') ? [tenantId, null] : [tenantId])
    if (await asReader(context, ownerId, (connection) => findCredential(connection, id, ownerId)))
      return ownerId;
  throw credentialNotFound();
}

function asReader<T>(
  { services, identity }: ReadContext,
  ownerId: OwnerId,
  work: (connection: RegistryConnection) => Promise<T>,
): Promise<T> {
  return ownerId === null ? services.db.system(work) : services.db.tenant(identity.tenantId, work);
}

/**
 * A page by name. @throws InterlockError `invalid_input` for an invalid cursor, `forbidden` for global ones without the role
 */
export async function credentialPage(
  context: ReadContext,
  { scope, cursor, limit, ...filter }: z.output<typeof credentialListInputSchema>,
): Promise<Page<CredentialView>> {
  const { identity } = context;
  if (scope === 'global') authorize(identity, 'credentials.write_global');
  const ownerId = scope === 'global' ? null : identity.tenantId;
  const after = cursor === undefined ? undefined : readNameCursor(cursor);
  const rows = await asReader(context, ownerId, (connection) =>
    listCredentials(
      connection,
      { ownerId, tenantId: identity.tenantId },
      { ...filter, after, limit: limit + 1 },
    ),
  );
  return pageFrom(rows, limit, nameCursor, credentialView);
}

/** @throws InterlockError `not_found` */
export async function readCredential(context: ReadContext, id: string): Promise<CredentialView> {
  const ownerId = await ownerOfCredential(context, id);
  const { tenantId } = context.identity;
  const [row] = await asReader(context, ownerId, (connection) =>
    listCredentials(connection, { ownerId, tenantId }, { id, limit: 1 }),
  );
  if (!row) throw credentialNotFound();
  return credentialView(row);
}

/** Newest first. @throws InterlockError `not_found` */
export async function readCredentialVersions(
  context: ReadContext,
  id: string,
): Promise<z.infer<typeof credentialVersionSchema>[]> {
  const ownerId = await ownerOfCredential(context, id);
  return asReader(context, ownerId, async (connection) => {
    const credential = await findCredential(connection, id, ownerId);
    const rows = await listCredentialVersions(connection, ownerId, id);
    return rows.map(({ version, erased, created_at, ...by }) => ({
      version,
      state:
        version === credential?.current_version
          ? ('current' as const)
          : erased
            ? ('erased' as const)
            : version === credential?.previous_version && isAhead(credential.previous_until)
              ? ('overlap' as const)
              : ('replaced' as const),
      createdAt: created_at.toISOString(),
      createdBy: actorOf(by.created_by_type, by.created_by_id, by.created_by_name),
    }));
  });
}

/** @throws InterlockError `not_found` */
export async function readCredentialUses(context: ReadContext, id: string): Promise<CredentialUses> {
  const ownerId = await ownerOfCredential(context, id);
  return usesOf(
    await asReader(context, ownerId, (connection) => listCredentialUses(connection, ownerId, id)),
  );
}

export function usesOf(rows: CredentialUseRow[]): CredentialUses {
  const ofKind = (wanted: CredentialUseRow['kind']) =>
    rows.flatMap(({ kind, ...use }) => (kind === wanted ? [use] : []));
  return {
    tools: ofKind('tool'),
    connectors: ofKind('connector').map(({ title: _title, ...use }) => use),
  };
}

/**
 * The attempts of this tenant that opened the credential, newest first.
 * @throws InterlockError `not_found`, or `invalid_input` for an invalid cursor
 */
export async function accessPage(
  context: ReadContext,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<z.infer<typeof credentialAccessSchema>>> {
  await ownerOfCredential(context, id);
  const before = cursor === undefined ? null : readCursor(cursor, eventCursorSchema)[0];
  const rows = await context.services.db.tenant(context.identity.tenantId, (connection) =>
    listAccesses(connection, { id, before, limit: limit + 1 }),
  );
  return pageFrom(
    rows,
    limit,
    (row) => writeCursor([row.id]),
    ({ id, created_at, data, ...tool }) => ({
      id,
      at: created_at.toISOString(),
      executionId: data.executionId,
      attempt: data.attempt,
      version: data.version ?? null,
      tool:
        tool.tool_id === null
          ? null
          : { id: tool.tool_id, name: tool.tool_name ?? '', title: tool.tool_title ?? '' },
    }),
  );
}

function credentialView(row: ListedCredential): CredentialView {
  const createdBy = creatorOf(row);
  return {
    id: row.id,
    name: row.name,
    scope: row.tenant_id === null ? 'global' : 'tenant',
    type: row.auth_type,
    auth: row.settings && authView({ ...row.settings, type: row.auth_type, credentialId: row.id }),
    allowedHosts: row.allowed_hosts,
    methods: row.methods,
    pathPrefixes: row.path_prefixes,
    note: row.note,
    expiresAt: row.expires_at?.toISOString() ?? null,
    expiry: expiryState(row.expires_at, new Date()),
    health:
      row.health === null
        ? null
        : {
            status: row.health,
            message: row.health_message ?? '',
            httpStatus: row.health_http_status,
            checkedAt: (row.health_at ?? row.updated_at).toISOString(),
          },
    refused:
      row.refused_since === null
        ? null
        : { since: row.refused_since.toISOString(), httpStatus: row.refused_http_status },
    test: row.test_url === null ? null : { method: row.test_method ?? 'GET', url: row.test_url },
    variable:
      row.variable === null ? null : { name: row.variable, set: secretVariable(row.variable) !== null },
    hasValue: row.has_value,
    version: row.current_version,
    previous:
      row.previous_version !== null && isAhead(row.previous_until)
        ? { version: row.previous_version, until: row.previous_until.toISOString() }
        : null,
    usedBy: row.used_by,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    createdBy,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: actorOf(row.updated_by_type, row.updated_by_id, row.updated_by_name) ?? createdBy,
  };
}

function isAhead(until: Date | null): until is Date {
  return until !== null && until > new Date();
}

function actorOf(type: 'user' | 'api_key' | 'system' | null, id: string | null, name: string | null) {
  return type === null || id === null || name === null ? null : { type, id, name };
}
