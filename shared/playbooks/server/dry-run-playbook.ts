import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { createRateLimit } from '../../platform/server/rate-limit.ts';
import type { dryRunSchema } from '../playbook-schemas.ts';
import { type DryRunRequest, dryRun } from './dry-run.ts';
import { readExceptionForExpressions } from './run-scope.ts';

/** The editor makes one for each pause in typing. */
const perMinute = 120;
const rateLimit = createRateLimit(perMinute);

/**
 * Simulates a run of a document on an exception, started by the caller. Nothing is called and nothing is stored.
 * @throws InterlockError `not_found` for the exception, `invalid_definition` for the document, `invalid_input`,
 * `rate_limited`
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
  admit(tenantId);
  const { input, answers } = request;
  const issues = checkStorable({ input, answers } as JsonValue);
  if (issues.length > 0) throw new InterlockError('invalid_input', 'Some fields are not valid.', { issues });
  const exception =
    exceptionId === undefined
      ? null
      : await services.db.tenant(tenantId, (connection) =>
          readExceptionForExpressions(connection, exceptionId),
        );
  return dryRun(services.db, { ...request, tenantId, exception, startedBy: actor.name });
}

function admit(tenantId: string): void {
  const waitMs = rateLimit(tenantId);
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new InterlockError(
    'rate_limited',
    `An organization can make ${perMinute} dry runs in a minute. This one was not made; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}
