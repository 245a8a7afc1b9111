import type { z } from 'zod';
import type { createExceptionInputSchema } from '../../shared/exceptions/exception-schemas.ts';
import type { Who } from './history.ts';
import type { ToldCase } from './case-actions.ts';

export interface DemoCase {
  /** Kept for good: it is what makes loading twice harmless. */
  key: string;
  /** Who or what opens it. */
  by: Who;
  exception: Omit<z.input<typeof createExceptionInputSchema>, 'dueAt' | 'idempotencyKey'> & {
    /** From now; below 0 it is overdue. */
    dueInHours?: number;
  };
  /** While the playbooks were at their first version. */
  early?: true;
  tell?(told: ToldCase): Promise<unknown>;
}
