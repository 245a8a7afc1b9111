import type { AuditState } from '../../audit-schemas.ts';
import { headOf, readCheck, readLastHead, readProblems, readPublicKeyOf } from '../../db/audit-heads.ts';
import { readChainEnds } from '../../db/audit-seal.ts';
import type { ReadContext } from '../change-context.ts';

const problemsShown = 20;

/** How far the tenant's events are sealed, and what the comparison with the seal has found. */
export function readAuditState({ services, identity }: ReadContext): Promise<AuditState> {
  const { tenantId } = identity;
  return services.db.tenant(tenantId, async (connection) => {
    const [end] = await readChainEnds(connection, [tenantId]);
    const head = await readLastHead(connection, tenantId);
    const check = await readCheck(connection);
    return {
      sequence: end?.sequence ?? 0,
      block: end?.number ?? 0,
      hash: end?.hash ?? null,
      sealedAt: end?.sealedAt ?? null,
      head: head && headOf(head),
      exportedAt: head?.exported_at?.toISOString() ?? null,
      publicKey: head && (await readPublicKeyOf(connection, head.key_id)),
      check: {
        completedAt: check?.completed_at?.toISOString() ?? null,
        checkedAt: check && check.checked_at.getTime() > 0 ? check.checked_at.toISOString() : null,
        problems: await readProblems(connection, problemsShown),
      },
    };
  });
}
