import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { dryRunSchema } from '../playbook-schemas.ts';
import { type DryRunRequest, dryRun } from './dry-run.ts';
import { readExceptionForExpressions } from './run-scope.ts';

/**
 * Simulates a run of a document on an exception, started by the caller. Nothing is called and nothing is stored.
 * @throws InterlockError `not_found` for the exception, `invalid_definition` for the document
 */
export async function dryRunPlaybook(
  { services, identity }: ReadContext,
  {
    exceptionId,
    ...request
  }: Pick<DryRunRequest, 'document' | 'input' | 'answers'> & {
    exceptionId?: string | undefined;
  },
): Promise<z.infer<typeof dryRunSchema>> {
  const { tenantId, actor } = identity;
  const exception =
    exceptionId === undefined
      ? null
      : await services.db.tenant(tenantId, (connection) =>
          readExceptionForExpressions(connection, exceptionId),
        );
  return dryRun(services.db, { ...request, tenantId, exception, startedBy: actor.name });
}
