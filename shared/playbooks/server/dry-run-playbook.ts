import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { dryRunSchema } from '../playbook-schemas.ts';
import { type DryRunRequest, dryRun } from './dry-run.ts';
import { readExceptionForExpressions } from './run-scope.ts';

/**
 * Simulates a run of a document on an exception, started by the caller. Nothing is called and nothing is stored.
 * @throws InterlockError `not_found` for the exception, `invalid_definition` for the document
 */
export function dryRunPlaybook(
  { services, identity }: ReadContext,
  {
    exceptionId,
    ...request
  }: Pick<DryRunRequest, 'document' | 'input' | 'answers'> & {
    exceptionId?: string | undefined;
  },
): Promise<z.infer<typeof dryRunSchema>> {
  return services.db.tenant(identity.tenantId, async (connection) =>
    dryRun(connection, {
      ...request,
      exception:
        exceptionId === undefined ? null : await readExceptionForExpressions(connection, exceptionId),
      startedBy: identity.actor.name,
    }),
  );
}
