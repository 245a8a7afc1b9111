import type { z } from 'zod';
import type { createExceptionInputSchema } from '../../shared/exceptions/exception-schemas.ts';
import type { CaseActions } from './case-actions.ts';
import type { Who } from './history.ts';

export interface DemoCase {
  /** Never changes: it makes loading twice harmless. */
  key: string;
  /** The person or program that opens it. */
  by: Who;
  exception: Omit<z.input<typeof createExceptionInputSchema>, 'dueAt' | 'idempotencyKey'> & {
    /** From now; below 0 it is overdue. */
    dueInHours?: number;
  };
  /** Played while the playbooks are at their first version. */
  early?: true;
  play?(actions: CaseActions): Promise<unknown>;
}
