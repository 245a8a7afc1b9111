import { randomBytes } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { readLastChange } from '../../events/db/last-change.ts';
import type { ReadContext } from '../../events/server/change-context.ts';
import { type CurrentState, refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { normalRange } from '../../identity/address-ranges.ts';
import { hasRole, keyDoors, type Role, rolesBeyond } from '../../identity/roles.ts';
import type { Database, SystemConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { findToolIds, readToolNames } from '../../tools/db/tool-names.ts';
import {
  type ApiKeyRow,
  countKeys,
  findApiKey,
  insertApiKey,
  keyRoles,
  listApiKeys,
  replaceKey,
} from '../db/api-keys.ts';
import { listInvitationsBy } from '../db/invitations.ts';
import { listMembers } from '../db/members.ts';
import type { ApiKeyView, createApiKeyInputSchema } from '../people-schemas.ts';
import {
  answerableUser,
  changePeople,
  type PeopleChange,
  type PeopleContext,
  refuseBeyond,
} from './change-people.ts';
import { revokeInvitations, revokeKeys } from './revoke.ts';

/** The list is read whole. */
const maxKeys = 200;

type NewKeyInput = z.output<typeof createApiKeyInputSchema>;
type NewKey = ApiKeyView & { key: string };

const keyNotFound = () => new InterlockError('not_found', 'API key not found.');

const refuseField = (path: string, message: string): InterlockError =>
  new InterlockError('invalid_input', 'The API key was not created.', {
    issues: [{ path, message, keyword: 'value' }],
  });

/** Newest first. */
export async function readApiKeys({ services, identity }: ReadContext): Promise<ApiKeyView[]> {
  const { tenantId } = identity;
  const rows = await services.db.accounts((connection) => listApiKeys(connection, tenantId));
  return viewsOf(services.db, tenantId, rows);
}

/**
 * Makes an API key of the caller's organization. Its value is in the result and nowhere else.
 * @throws InterlockError `forbidden` for a role that the caller does not have; `invalid_input` for a limit that cannot
 * be, for an accountable person who is no member, or who does not have the roles; `already_exists` for the name of another key
 */
export async function createApiKey(context: PeopleContext, input: NewKeyInput): Promise<NewKey> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt.getTime() <= Date.now()) throw refuseField('/expiresAt', 'is in the past');
  const addresses = input.addresses ? normalRanges(input.addresses) : null;
  const tools = input.tools ? await toolIdsOf(services.db, tenantId, input.tools) : null;
  const doors = input.doors ? keyDoors.filter((door) => input.doors?.includes(door)) : null;
  const made = await newKey();
  const id = uuidv7();
  const row = await changePeople(context, 'api_keys.write', async (change) => {
    const { connection } = change;
    refuseBeyond(change.held, input.roles);
    const accountable = await accountableFor(context, change, input);
    const { all, named } = await countKeys(connection, tenantId, input.name);
    if (named > 0)
      throw new InterlockError(
        'already_exists',
        `There is an API key named ${input.name}. Nothing was created.`,
        {
          issues: [{ path: '/name', message: 'is the name of another key', keyword: 'unique' }],
        },
      );
    if (all >= maxKeys)
      throw new InterlockError('conflict', `An organization has at most ${maxKeys} API keys.`);
    await insertApiKey(connection, {
      id,
      tenantId,
      name: input.name,
      ...made,
      expiresAt,
      limited: tools !== null || addresses !== null || doors !== null,
      metadata: {
        roles: input.roles,
        accountableUserId: accountable?.id,
        tools,
        doors,
        addresses,
        madeBy: actor,
      },
    });
    await tell(connection, context, {
      type: 'ApiKeyCreated',
      subjectType: 'api_key',
      subjectId: id,
      data: {
        name: input.name,
        roles: input.roles,
        accountable: accountable && { id: accountable.id, name: accountable.name },
        ...(tools && { tools }),
        ...(doors && { doors }),
        ...(addresses && { addresses }),
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      },
    });
    return mustFind(connection, tenantId, id);
  });
  return withKey(services.db, tenantId, row, made.key);
}

/**
 * Gives a key a new value. The one before works for `overlapSeconds` more; one that was replaced earlier ends now.
 * @throws InterlockError `not_found`, `conflict` for a revoked key, or `precondition_failed` when it was rotated meanwhile
 */
export async function rotateApiKey(
  context: PeopleContext,
  { id, overlapSeconds }: { id: string; overlapSeconds: number },
  ifMatch: IfMatch | undefined,
): Promise<NewKey> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const made = await newKey();
  const previousUntil = overlapSeconds > 0 ? new Date(Date.now() + overlapSeconds * 1000) : null;
  const row = await changePeople(context, 'api_keys.write', async ({ connection, held }) => {
    const before = await mustFind(connection, tenantId, id);
    if (!before.enabled)
      throw new InterlockError('conflict', 'This API key has been revoked. Nothing was changed.');
    checkState(ifMatch, before.revision);
    // The one who rotates a key holds it.
    const beyond = rolesBeyond(held, keyRoles(before));
    if (beyond.length > 0)
      throw new InterlockError('forbidden', `This API key has the role ${beyond[0]}, which you do not have.`);
    if (votes(keyRoles(before)) && before.accountable?.id !== (await answerableUser(connection, context)))
      throw new InterlockError(
        'forbidden',
        `This API key may approve as ${before.accountable?.name ?? 'someone else'}, so only they can rotate it. You can revoke it.`,
      );
    await replaceKey(connection, { id, ...made, previousUntil });
    await tell(connection, context, {
      type: 'ApiKeyRotated',
      subjectType: 'api_key',
      subjectId: id,
      data: { name: before.name, previousUntil: previousUntil?.toISOString() ?? null },
    });
    return mustFind(connection, tenantId, id);
  }).catch(refuseStale(() => currentKey(context, id)));
  return withKey(services.db, tenantId, row, made.key);
}

/** It stops working everywhere within ten seconds, and so do the invitations that it made. @throws InterlockError `not_found` */
export async function revokeApiKey(context: PeopleContext, id: string): Promise<{ name: string }> {
  const { tenantId } = context.identity;
  return changePeople(context, 'api_keys.write', async ({ connection }) => {
    const row = await mustFind(connection, tenantId, id);
    const name = row.name ?? 'API key';
    if (!row.enabled) return { name };
    const made = await listInvitationsBy(connection, tenantId, { keyId: id });
    await revokeInvitations(connection, context, made, 'the API key that made it was revoked');
    await revokeKeys(connection, context, [row]);
    return { name };
  });
}

async function currentKey({ services, identity }: PeopleContext, id: string): Promise<CurrentState> {
  const { tenantId } = identity;
  const change = await services.db.tenant(tenantId, (connection) =>
    readLastChange(connection, 'api_key', id),
  );
  const row = await services.db.accounts((connection) => mustFind(connection, tenantId, id));
  const [current] = await viewsOf(services.db, tenantId, [row]);
  return {
    what: 'The API key',
    changedBy: change?.actor ?? { type: 'system', id: 'setup', name: 'The setup' },
    changedAt: (change?.at ?? row.created_at).toISOString(),
    current: current!,
  };
}

async function mustFind(connection: SystemConnection, tenantId: string, id: string): Promise<ApiKeyRow> {
  const row = await findApiKey(connection, tenantId, id);
  if (!row) throw keyNotFound();
  return row;
}

/**
 * The person who answers for a new key: a member with all of its roles. A key for which no one is accountable makes
 * others of its kind, which never approve.
 */
async function accountableFor(
  context: PeopleContext,
  { connection }: PeopleChange,
  { accountableUserId, roles }: NewKeyInput,
): Promise<{ id: string; name: string } | null> {
  const { tenantId, actor } = context.identity;
  const own = await answerableUser(connection, context);
  const wanted = accountableUserId ?? own;
  if (wanted === null) return null;
  const member = (await listMembers(connection, tenantId)).find(({ id }) => id === wanted);
  if (!member)
    throw accountableUserId === undefined && actor.type === 'user'
      ? refuseField('/accountableUserId', 'is required: you are not a member of this organization')
      : refuseField('/accountableUserId', 'is not a member of this organization');
  const [beyond] = rolesBeyond(member.roles, roles);
  if (beyond) throw refuseField('/accountableUserId', `${member.name} does not have the role ${beyond}`);
  if (member.id !== own && votes(roles))
    throw refuseField(
      '/accountableUserId',
      'a key that may approve counts as the person accountable for it, so only they can make it',
    );
  return member;
}

const votes = (roles: readonly Role[]): boolean => hasRole(roles, 'approver');

function normalRanges(addresses: readonly string[]): string[] {
  const normal = addresses.map(normalRange);
  const issues: Issue[] = normal.flatMap((range, index) =>
    range === null
      ? [
          {
            path: `/addresses/${index}`,
            message: 'is not an address or a range such as 10.0.0.0/8',
            keyword: 'format',
          },
        ]
      : [],
  );
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The API key was not created.', { issues });
  return [...new Set(normal.flatMap((range) => range ?? []))];
}

/** Tools are kept by id: a name may go to another tool. */
async function toolIdsOf(db: Database, tenantId: string, tools: readonly string[]): Promise<string[]> {
  const [ids, names] = await db.tenant(tenantId, async (connection) => [
    await findToolIds(connection, tools),
    await readToolNames(connection, tools.filter(isUuid)),
  ]);
  const issues: Issue[] = tools.flatMap((tool, index) =>
    ids.has(tool) || names.has(tool)
      ? []
      : [{ path: `/tools/${index}`, message: 'is not the id or the name of a tool', keyword: 'unknown' }],
  );
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The API key was not created.', { issues });
  return [...new Set(tools.map((tool) => (names.has(tool) ? tool : (ids.get(tool) ?? tool))))];
}

async function newKey(): Promise<{ key: string; start: string; hash: string }> {
  const key = `ilk_${randomBytes(32).toString('base64url')}`;
  return { key, start: key.slice(0, 8), hash: await defaultKeyHasher(key) };
}

const withKey = async (db: Database, tenantId: string, row: ApiKeyRow, key: string): Promise<NewKey> => ({
  ...(await viewsOf(db, tenantId, [row]))[0]!,
  key,
});

async function viewsOf(db: Database, tenantId: string, rows: ApiKeyRow[]): Promise<ApiKeyView[]> {
  const toolIds = [...new Set(rows.flatMap(({ meta }) => meta.tools ?? []))];
  const names =
    toolIds.length === 0
      ? new Map<string, string>()
      : await db.tenant(tenantId, (connection) => readToolNames(connection, toolIds));
  return rows.map((row) => {
    const { meta } = row;
    return {
      id: row.id,
      name: row.name ?? 'API key',
      start: row.start ?? '',
      status: statusOf(row),
      roles: keyRoles(row),
      tools: meta.tools?.map((id) => ({ id, name: names.get(id) ?? null })) ?? null,
      doors: meta.doors ? keyDoors.filter((door) => meta.doors?.includes(door)) : null,
      addresses: meta.addresses ?? null,
      accountable: row.accountable,
      createdBy: meta.madeBy ?? null,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at?.toISOString() ?? null,
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      lastAddress: row.last_address,
      previousUntil: row.previous_until?.toISOString() ?? null,
      revision: row.revision,
    };
  });
}

function statusOf(row: ApiKeyRow): ApiKeyView['status'] {
  if (!row.enabled) return 'revoked';
  if (row.expires_at && row.expires_at.getTime() <= Date.now()) return 'expired';
  const isNamed = row.accountable !== null || row.meta.accountableUserId !== undefined;
  return isNamed && !row.is_member ? 'stopped' : 'active';
}
