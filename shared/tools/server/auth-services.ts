import type { Database } from '../../platform/db/database.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import type { KeyedDigest } from '../../platform/server/keyed-digest.ts';
import type { Vault } from '../../platform/server/vault.ts';

/** What the effectful half of an auth kind may use of a process. */
export interface AuthServices {
  egress: Egress;
  db: Database;
  vault: Vault;
  digest: KeyedDigest;
}
