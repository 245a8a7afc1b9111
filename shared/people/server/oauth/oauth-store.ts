import type { Adapter, AdapterPayload, errors as Errors } from 'oidc-provider';
import { tell } from '../../../events/server/tell.ts';
import type { Actor } from '../../../identity/roles.ts';
import type { Database } from '../../../platform/db/database.ts';
import {
  consumeIssued,
  deleteIssued,
  deleteIssuedOf,
  endApp,
  findClient,
  findGrant,
  findIssued,
  insertClient,
  prolongGrant,
  putIssued,
  removeOld,
} from '../../db/apps.ts';
import { clientProblem, withoutSecret } from './client-rules.ts';

interface StoreContext {
  db: Database;
  errors: typeof Errors;
  /** Call it when an app has lost its access. */
  forget(): void;
  /** Whether the app asks for it itself. */
  revokes(): boolean;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
const nothing = async (): Promise<void> => undefined;
const refuse = async (): Promise<never> => {
  throw new Error('not stored');
};

/** Where the library keeps what it issues: codes, tokens, requests that wait. Of each, the hash and not the secret. */
export function createOauthStore(context: StoreContext): (kind: string) => Adapter {
  return (kind) => {
    if (kind === 'Client') return clientStore(context);
    if (kind === 'Grant') return grantStore(context);
    // Whoever is signed in says so at each request: the library remembers no one.
    if (kind === 'Session') return forgetful;
    return issuedStore(context, kind);
  };
}

const forgetful: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

function clientStore({ db, errors }: StoreContext): Adapter {
  return {
    ...forgetful,
    async upsert(id, metadata) {
      const problem = clientProblem(metadata);
      if (problem) throw new errors.InvalidClientMetadata(problem);
      await db.accounts(async (connection) => {
        await removeOld(connection);
        await insertClient(connection, id, withoutSecret(metadata));
      });
    },
    async find(id) {
      const metadata = await db.accounts((connection) => findClient(connection, id));
      return (metadata ?? undefined) as AdapterPayload | undefined;
    },
  };
}

/** Consents are written where a person gives them. The library reads them, and may end them. */
function grantStore({ db, forget, revokes }: StoreContext): Adapter {
  return {
    ...forgetful,
    upsert: refuse,
    async find(id) {
      const grant = await db.accounts((connection) => findGrant(connection, id));
      if (!grant) return undefined;
      return {
        kind: 'Grant',
        jti: id,
        iat: seconds(grant.created_at),
        exp: seconds(grant.expires_at),
        accountId: grant.user_id,
        clientId: grant.client_id,
        resources: { [grant.resource]: grant.scopes.join(' ') },
      };
    },
    async destroy(id) {
      const reason = revokes() ? 'by the app' : 'a code or a token was used twice';
      await db.accounts(async (connection) => {
        const grant = await findGrant(connection, id);
        if (!(await endApp(connection, id)) || !grant) return;
        const actor: Actor = { type: 'user', id: grant.user_id, name: grant.person };
        await tell(
          connection,
          { identity: { tenantId: grant.tenant_id, actor } },
          {
            type: 'AppDisconnected',
            subjectType: 'member',
            subjectId: grant.user_id,
            data: { name: grant.client_name, person: grant.person, reason },
          },
        );
      });
      forget();
    },
  };
}

function issuedStore({ db, errors, forget }: StoreContext, kind: string): Adapter {
  return {
    ...forgetful,
    async upsert(secret, { jti: _secret, ...payload }, expiresIn = 0) {
      const { grantId = null } = payload;
      await db.accounts(async (connection) => {
        await putIssued(connection, { kind, secret, grantId, payload, seconds: expiresIn });
        if (kind === 'RefreshToken' && grantId !== null) await prolongGrant(connection, grantId);
      });
    },
    async find(secret) {
      const issued = await db.accounts((connection) => findIssued(connection, kind, secret));
      if (!issued) return undefined;
      const { payload, consumed_at } = issued;
      return { ...payload, jti: secret, ...(consumed_at && { consumed: seconds(consumed_at) }) };
    },
    async consume(secret) {
      const first = await db.accounts((connection) => consumeIssued(connection, kind, secret));
      if (!first) throw new errors.InvalidGrant('already used');
    },
    async destroy(secret) {
      await db.accounts((connection) => deleteIssued(connection, kind, secret));
      forget();
    },
    async revokeByGrantId(grantId) {
      await db.accounts((connection) => deleteIssuedOf(connection, kind, grantId));
      forget();
    },
  };
}
