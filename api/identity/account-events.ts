import type { ChangeServices } from '../../shared/events/server/change-context.ts';
import type { Refusals } from '../../shared/events/server/refusals.ts';
import type { AccountEvents } from '../../shared/identity/server/accounts.ts';
import { tellNewPassword } from '../../shared/people/server/account.ts';

/** Writes what happens to accounts to the log of the tenants that it is about. */
export function accountEvents({ db, log }: ChangeServices, refusals: Refusals): AccountEvents {
  return {
    async signInFailed({ userId, name, tenantIds, reason }) {
      await Promise.all(
        tenantIds.map((tenantId) =>
          refusals.tell({
            type: 'SignInFailed',
            tenantId,
            // Whoever it was: the name is that of the account.
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
