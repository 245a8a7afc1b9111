import type { z } from 'zod';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { AuditState, acknowledgeInputSchema } from '../../audit-schemas.ts';
import { acknowledgeProblem, readProblem } from '../../db/audit-heads.ts';
import type { ChangeContext } from '../change-context.ts';
import { tell } from '../tell.ts';
import { readAuditState } from './audit-state.ts';

/** Of a tenant. */
interface Written {
  written: { note(tenantId: string, text: string): Promise<string> };
}

/**
 * Notes that someone has looked into places where rows and seal differ, and what they found out. They stay listed.
 * @throws InterlockError `not_found`, or `conflict` that names who was first; then nothing was changed
 */
export async function acknowledgeProblems(
  context: ChangeContext<Written>,
  { problems, reason: sent }: z.output<typeof acknowledgeInputSchema>,
): Promise<AuditState> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const reason = await services.written.note(tenantId, sent);
  await services.db.tenantTransaction(tenantId, async (connection) => {
    for (const { kind, block, eventId } of problems) {
      const key = { kind, block, eventId };
      if (await acknowledgeProblem(connection, key, { actor, reason })) continue;
      const known = await readProblem(connection, key);
      if (!known) throw new InterlockError('not_found', 'Finding not found. Nothing was changed.');
      throw new InterlockError(
        'conflict',
        `${known.acknowledged?.by.name ?? 'Someone'} has acknowledged this finding already. Nothing was changed.`,
      );
    }
    await tell(connection, context, {
      type: 'AuditProblemsAcknowledged',
      subjectType: 'audit',
      subjectId: 'problems',
      data: { problems, reason },
    });
  });
  return readAuditState(context);
}
