import type { Logger } from 'pino';
import type { Identity } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';

/** What every change needs of the process. */
export interface ChangeServices {
  db: Database;
  log: Logger;
}

/**
 * Who changes something: for which tenant (`identity.tenantId`), by which request, and how it is logged. Doors pass the
 * context of a request as it is; a change that needs more of the process says so in `Extra`.
 */
export interface ChangeContext<Extra = unknown> {
  services: ChangeServices & Extra;
  identity: Identity;
  requestId: string;
}

/** Who reads something. */
export type ReadContext<Extra = unknown> = Omit<ChangeContext<Extra>, 'requestId'>;
