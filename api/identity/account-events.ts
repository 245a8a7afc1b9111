import type { EventType } from '../../shared/events/event-types.ts';
import type { ChangeServices } from '../../shared/events/server/change-context.ts';
import type { Refusals } from '../../shared/events/server/refusals.ts';
import { tell } from '../../shared/events/server/tell.ts';
import type { Actor } from '../../shared/identity/roles.ts';
import type { AccountEvents } from '../../shared/identity/server/accounts.ts';
import { tellNewPassword } from '../../shared/people/server/account.ts';

/** Whom single sign-on acts as. */
const singleSignOn = { type: 'system', id: 'single-sign-on', name: 'Single sign-on' } as const;

/** Writes what happens to accounts to the log of the tenants that it is about. */
export function accountEvents({ db, log }: ChangeServices, refusals: Refusals): AccountEvents {
  /** An account belongs to no tenant: it has changed although one of these logs cannot be written now. */
  async function tellTenants(
    type: Extract<EventType, 'SignedIn' | 'SignInMethodChanged' | 'SessionRevoked'>,
    { userId, name, tenantIds }: Omit<Parameters<AccountEvents['signedIn']>[0], 'method'>,
    data: Record<string, unknown>,
    actor: Actor = { type: 'user', id: userId, name },
  ): Promise<void> {
    const written = await Promise.allSettled(
      tenantIds.map((tenantId) =>
        db.tenant(tenantId, (connection) =>
          tell(
            connection,
            { identity: { tenantId, actor } },
            { type, subjectType: 'member', subjectId: userId, data },
          ),
        ),
      ),
    );
    for (const { reason } of written.filter((each) => each.status === 'rejected'))
      log.warn({ err: reason, type }, 'An event of an account could not be recorded');
  }

  return {
    signedIn: (fact) => tellTenants('SignedIn', fact, { method: fact.method }),
    methodChanged: (fact) => tellTenants('SignInMethodChanged', fact, { method: fact.method }),
    signedOut: (fact) =>
      tellTenants(
        'SessionRevoked',
        fact,
        { name: fact.name, sessions: fact.sessions, reason: 'signed out at the provider' },
        singleSignOn,
      ),
    async membershipsChanged(changes) {
      for (const { tenantId, userId, name, before, roles } of changes)
        await db.tenant(tenantId, (connection) =>
          tell(
            connection,
            { identity: { tenantId, actor: singleSignOn } },
            {
              type: 'MembershipSynchronized',
              subjectType: 'member',
              subjectId: userId,
              data: { name, before, roles },
            },
          ),
        );
    },
    async appsEnded(ended) {
      for (const { userId, person, tenantId, app } of ended)
        await db.accounts((connection) =>
          tell(
            connection,
            { identity: { tenantId, actor: singleSignOn } },
            {
              type: 'AppDisconnected',
              subjectType: 'member',
              subjectId: userId,
              data: { name: app, person, reason: 'no access at the provider any more' },
            },
          ),
        );
    },
    async signInFailed({ userId, name, tenantIds, reason }) {
      await Promise.all(
        tenantIds.map((tenantId) =>
          refusals.tell({
            type: 'SignInFailed',
            tenantId,
            // The one who tried is not known: the name is that of the account.
            actor: { type: 'user', id: userId, name },
            subjectId: userId,
            data: { operation: 'sign-in', reason },
          }),
        ),
      );
    },
    keyRefused: ({ identity: { tenantId, actor }, reason, via }) =>
      refusals.tell({
        type: 'AccessDenied',
        tenantId,
        actor,
        subjectId: actor.id,
        data: { operation: 'enter', reason, ...via },
      }),
    passwordChanged: (changed) =>
      tellNewPassword(db, changed).catch((error: unknown) =>
        log.error({ err: error, userId: changed.userId }, 'A new password could not be recorded'),
      ),
    notAMember: ({ userId, tenantId }) =>
      refusals.tell({
        type: 'AccessDenied',
        tenantId,
        // The members learn that someone tried, and not who belongs to another organization.
        actor: { type: 'user', id: userId, name: 'A person of another organization' },
        subjectId: userId,
        data: { operation: 'enter', reason: 'not a member' },
      }),
  };
}
