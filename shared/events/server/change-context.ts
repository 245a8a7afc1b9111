import type { Logger } from 'pino';
import type { Identity } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';

/** The services that every change needs. */
export interface ChangeServices {
  db: Database;
  log: Logger;
}

/**
 * Who changes something, for which tenant (`identity.tenantId`), by which request, and how it is logged. Doors pass the
 * context of a request as it is. A change that needs more services names them in `Extra`.
 */
export interface ChangeContext<Extra = unknown> {
  services: ChangeServices & Extra;
  identity: Identity;
  requestId: string;
}

/** Who reads something, for which tenant. */
export type ReadContext<Extra = unknown> = Omit<ChangeContext<Extra>, 'requestId'>;
