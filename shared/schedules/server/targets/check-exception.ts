import { InterlockError } from '../../../platform/error-codes.ts';
import type { ScheduleServices } from '../schedule-context.ts';

/** @throws InterlockError `invalid_input` when the exception does not exist */
export async function checkException(
  { findException }: ScheduleServices,
  tenantId: string,
  exceptionId: string | undefined,
): Promise<void> {
  if (exceptionId === undefined || (await findException(tenantId, exceptionId)) !== null) return;
  throw new InterlockError('invalid_input', 'Exception not found. Nothing was changed.', {
    issues: [{ path: '/exceptionId', message: 'Exception not found', keyword: 'exception' }],
  });
}
