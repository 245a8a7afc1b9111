import type { Actor, Identity } from '../../identity/roles.ts';
import { can } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';

/** Who runs a batch, with the rights that they have now; or why its calls can no longer be theirs, for people. */
export async function identityNow(
  accounts: Accounts,
  tenantId: string,
  actor: Actor,
): Promise<Identity | { refused: string }> {
  const identity = await accounts.identityOf(tenantId, actor);
  if (!identity)
    return {
      refused: `${actor.name} can no longer act for this organization. Someone else can resume the batch; its calls are theirs then.`,
    };
  return can(identity, 'tools.execute')
    ? identity
    : {
        refused: `${actor.name} may no longer execute tools. Someone who may can resume the batch; its calls are theirs then.`,
      };
}
