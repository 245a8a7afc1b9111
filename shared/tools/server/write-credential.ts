import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { authorize } from '../../identity/roles.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { withoutView } from '../auth/auth-view.ts';
import { authDefinitionOf, secretOf, withoutSecret } from '../auth/registry.ts';
import { nextReminder } from '../credential-expiry.ts';
import type {
  CreateCredentialInput,
  CredentialView,
  RotateCredentialInput,
  SecretValue,
  UpdateCredentialInput,
} from '../credential-schemas.ts';
import { endNotices } from '../db/credential-notices.ts';
import {
  type CredentialChange,
  type CredentialRow,
  changeCredential,
  insertCredential,
  insertVersion,
  lockCredential,
} from '../db/credentials.ts';
import { listCredentialUses } from '../db/credentials-list.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import { CredentialProblems, readAuth, readHosts, readPathPrefixes, readValue } from './credential-input.ts';
import { credentialContext, type OwnerId } from './credential-store.ts';
import { credentialNotFound, ownerOfCredential, readCredential, usesOf } from './read-credentials.ts';
import { secretExpiry } from './secret-rules.ts';
import { asOwner } from './write-tool.ts';

export type CredentialContext = ChangeContext<{ vault: Vault; environment: Environment }>;

const subjectType = 'credential';

/**
 * Stores a secret. With an idempotency key, it is stored once.
 * @throws InterlockError `invalid_input` with every problem, `forbidden` for a global one without the role, or
 * `idempotency_conflict`
 */
export async function createCredential(
  context: CredentialContext,
  { idempotencyKey: key, ...input }: CreateCredentialInput,
): Promise<CredentialView> {
  const { services, identity } = context;
  const problems = new CredentialProblems();
  const auth = readAuth(input, problems);
  const hosts = readHosts(input.allowedHosts, auth, problems);
  const pathPrefixes = readPathPrefixes(input.pathPrefixes, problems);
  if (input.variable !== undefined && input.scope !== 'global')
    problems.add('/variable', 'Only a global credential can point to the environment');
  const sentExpiry = readExpiry(input.expiresAt, problems);
  problems.refuse();
  if (!auth) throw new Error('Auth without a problem is read');
  if (input.scope === 'global') authorize(identity, 'credentials.write_global');
  const ownerId: OwnerId = input.scope === 'global' ? null : identity.tenantId;
  const expiresAt = earlier(sentExpiry, secretExpiry(auth));
  const id = uuidv7();
  const digest = createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET);
  const request =
    key === undefined ? null : { key, fingerprint: digest('idempotency', input as unknown as JsonObject) };
  const { secret } = secretOf(auth);
  const sealed = secret === undefined ? Buffer.alloc(0) : await seal(context, ownerId, id, secret);
  const created = await asOwner(context, ownerId, async (connection) => {
    // A key belongs to a tenant, so it guards those of tenants.
    if (request && 'tenantId' in connection) {
      if (!(await insertRequestKey(connection, { ...request, subjectType, subjectId: id }))) {
        const before = await findRequestKey(connection, subjectType, request.key);
        if (before?.fingerprint === request.fingerprint) return before.subjectId;
        throw new InterlockError(
          'idempotency_conflict',
          'This Idempotency-Key was used for another credential. Nothing was stored.',
        );
      }
    }
    await insertCredential(connection, {
      id,
      ownerId,
      name: input.name,
      auth_type: auth.type,
      settings: withoutSecret(auth),
      allowed_hosts: hosts,
      methods: input.methods,
      path_prefixes: pathPrefixes,
      note: input.note,
      expires_at: expiresAt,
      remind_at: nextReminder(expiresAt, new Date()),
      variable: input.variable ?? null,
      sealed,
      actor: identity.actor,
    });
    await tell(connection, context, {
      type: 'CredentialCreated',
      subjectType,
      subjectId: id,
      data: { name: input.name, authType: auth.type, allowedHosts: hosts },
    });
    return id;
  });
  return readCredential(context, created);
}

/**
 * Changes where and until when a credential may be used. A new host takes the secret with it, entered again: who may only
 * name hosts could otherwise have it sent to their own.
 * @throws InterlockError `not_found`, `precondition_failed`, or `invalid_input` with every problem
 */
export async function updateCredential(
  context: CredentialContext,
  id: string,
  input: UpdateCredentialInput,
  ifMatch?: IfMatch,
): Promise<CredentialView> {
  const { value } = input;
  await changing(context, { id, ifMatch, value, type: 'CredentialUpdated' }, async ({ row, problems }) => {
    const hosts = input.allowedHosts && readHosts(input.allowedHosts, authOf(row), problems);
    const added = hosts?.filter((host) => !row.allowed_hosts.includes(host)) ?? [];
    if (added.length > 0 && value === undefined && row.variable === null)
      problems.add(
        '/value',
        `Enter the secret again: it was stored for ${row.allowed_hosts.join(', ')} and cannot be sent to ${added.join(', ')}`,
        'required',
      );
    const expiresAt =
      input.expiresAt === undefined ? row.expires_at : readExpiry(input.expiresAt, problems, row.expires_at);
    const change: CredentialChange = {
      ...(input.name !== undefined && { name: input.name }),
      ...(hosts && { allowed_hosts: hosts }),
      ...(input.methods !== undefined && { methods: input.methods }),
      ...(input.pathPrefixes !== undefined && {
        path_prefixes: readPathPrefixes(input.pathPrefixes, problems),
      }),
      ...(input.expiresAt !== undefined && {
        expires_at: expiresAt,
        remind_at: nextReminder(expiresAt, new Date()),
      }),
      ...(input.note !== undefined && { note: input.note }),
    };
    const fields = Object.keys(input).filter((field) => input[field as keyof typeof input] !== undefined);
    const data = { name: change.name ?? row.name, changed: fields, ...(hosts && { allowedHosts: hosts }) };
    // The replaced value was not stored for a new host, so it is not tried there.
    return { change: value === undefined ? change : { ...change, ...replaced(row, 0) }, data };
  });
  return readCredential(context, id);
}

/**
 * Stores a new value. For `overlapSeconds` the replaced one is tried when the provider refuses the new one with 401; then
 * it is erased.
 * @throws InterlockError `not_found`, `precondition_failed`, `conflict` for one in the environment, or `invalid_input`
 */
export async function rotateCredential(
  context: CredentialContext,
  id: string,
  { value, overlapSeconds, expiresAt: sent }: RotateCredentialInput,
  ifMatch?: IfMatch,
): Promise<CredentialView> {
  await changing(context, { id, ifMatch, value, type: 'CredentialRotated' }, async ({ row, problems }) => {
    const passed = row.expires_at !== null && row.expires_at <= new Date();
    const kept = passed ? null : row.expires_at;
    const own = secretExpiry({
      ...row.settings,
      type: row.auth_type,
      [authDefinitionOf({ type: row.auth_type }).secretField!]: value,
    });
    const expiresAt = sent === undefined ? (own ?? kept) : earlier(readExpiry(sent, problems), own);
    return {
      change: {
        ...replaced(row, overlapSeconds),
        expires_at: expiresAt,
        remind_at: nextReminder(expiresAt, new Date()),
      },
      data: { name: row.name, version: row.current_version + 1, overlapSeconds },
    };
  });
  return readCredential(context, id);
}

/** @throws InterlockError `not_found`, `precondition_failed`, or `in_use` with the uses in `details` */
export async function archiveCredential(
  context: CredentialContext,
  id: string,
  ifMatch?: IfMatch,
): Promise<void> {
  const change = { id, ifMatch, type: 'CredentialArchived' } as const;
  await changing(context, change, async ({ row, connection, ownerId }) => {
    const uses = usesOf(await listCredentialUses(connection, ownerId, id));
    const names = [...uses.tools, ...uses.connectors].filter(({ current }) => current);
    if (names.length > 0)
      throw new InterlockError(
        'in_use',
        `The credential was not archived: ${names.map(({ name }) => name).join(', ')} ${names.length === 1 ? 'uses' : 'use'} it.`,
        { details: uses as unknown as JsonObject },
      );
    return {
      change: { archived_at: new Date(), remind_at: null, previous_until: new Date() },
      data: { name: row.name },
    };
  });
}

interface ChangeRequest {
  id: string;
  ifMatch: IfMatch | undefined;
  type: EventType;
  /** A new value; the version that holds it becomes the current one. */
  value?: SecretValue | undefined;
}

interface Changing {
  row: CredentialRow;
  connection: RegistryConnection;
  ownerId: OwnerId;
  problems: CredentialProblems;
}

/** Locks and changes a credential and appends the event, in one transaction. */
async function changing(
  context: CredentialContext,
  { id, ifMatch, type, value }: ChangeRequest,
  work: (given: Changing) => Promise<{ change: CredentialChange; data: Record<string, unknown> }>,
): Promise<void> {
  const { actor } = context.identity;
  const ownerId = await ownerOfCredential(context, id);
  const problems = new CredentialProblems();
  // Before the row is locked: it may ask a key management service.
  const sealed = value === undefined ? null : await sealValue(context, { ownerId, id, value }, problems);
  await asOwner(context, ownerId, async (connection) => {
    const row = await lockCredential(connection, id, ownerId);
    if (!row) throw credentialNotFound();
    checkState(ifMatch, row.revision);
    const { change, data } = await work({ row, connection, ownerId, problems });
    problems.refuse();
    const version = row.current_version + 1;
    if (sealed) await insertVersion(connection, { id, ownerId, version, sealed, actor });
    // What a test and calls have found says nothing about another value.
    const renewed = {
      ...{ current_version: version, health: null, health_message: null, health_at: null },
      ...{ refused_since: null, refused_http_status: null },
    };
    await changeCredential(connection, row, { ...change, ...(sealed && renewed) }, actor);
    if (change.remind_at !== undefined) await endNotices(connection, id);
    await tell(connection, context, { type, subjectType, subjectId: id, data });
  }).catch(staleCredential(context, id));
}

/** The current version is about to be replaced. It is erased when its time has passed. */
function replaced(row: CredentialRow, overlapSeconds: number): CredentialChange {
  const until = new Date(Date.now() + overlapSeconds * 1000);
  return { previous_version: row.current_version, previous_until: until };
}

/** Neither the kind of a credential nor where its value is ever changes. */
async function sealValue(
  context: CredentialContext,
  { ownerId, id, value }: { ownerId: OwnerId; id: string; value: SecretValue },
  problems: CredentialProblems,
): Promise<Buffer> {
  const { type, auth, variable } = await readCredential(context, id);
  if (variable)
    throw new InterlockError(
      'conflict',
      `The value of this credential is in the environment. Nothing was stored. Set ${variable.name} and restart the processes.`,
    );
  const secret = readValue({ type, settings: auth && withoutView(auth) }, value, problems);
  problems.refuse();
  return seal(context, ownerId, id, secret);
}

function seal(
  { services }: CredentialContext,
  ownerId: OwnerId,
  id: string,
  secret: string,
): Promise<Buffer> {
  return services.vault.seal(secret, credentialContext(ownerId, id));
}

function authOf({ auth_type: type, settings }: CredentialRow) {
  return settings ? { ...settings, type } : null;
}

/** @param before what is sent back unchanged stays, although it has passed */
function readExpiry(text: string | null, problems: CredentialProblems, before?: Date | null): Date | null {
  if (text === null) return null;
  const at = new Date(text);
  if (at.getTime() <= Date.now() && at.getTime() !== before?.getTime())
    problems.add('/expiresAt', 'The expiry must be in the future');
  return at;
}

/** Of two times, of which each may be missing. */
function earlier(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function staleCredential(context: CredentialContext, id: string): (error: unknown) => Promise<never> {
  return refuseStale(async () => {
    const current = await readCredential(context, id);
    return { what: 'The credential', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
  });
}
