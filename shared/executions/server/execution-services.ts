import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { AuditSeal } from '../../events/server/audit/audit-seal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import type { ReservedHosts } from '../../platform/server/egress/reserved-hosts.ts';
import type { Environment } from '../../platform/server/environment.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import type { SearchIndex } from '../../search/server/search-index.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';

/** What executing needs of a process. The task queue is `environment.INTERLOCK_TASK_QUEUE`. */
export interface ExecutionServices {
  environment: Environment;
  log: Logger;
  db: Database;
  vault: Vault;
  personal: PersonalData;
  written: WrittenText;
  /** Every column that holds something sealed, for its keys to be changed. */
  sealedStores: readonly SealedStore[];
  temporal: { client: Client };
  reservedHosts: ReservedHosts;
  /** Closed by the code that composed it. */
  egress: Egress;
  search: SearchIndex;
  auditSeal: AuditSeal;
  /** The id of the tenant's exception with this id or number ("EX-6"); null when there is none. */
  findException(tenantId: string, reference: string): Promise<string | null>;
}
