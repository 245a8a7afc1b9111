import type { ChangeContext } from '../../events/server/change-context.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import type { Vault } from '../../platform/server/vault.ts';

/** What reading and applying a document needs. */
export type ImportContext = ChangeContext<{ vault: Vault; egress: Egress }>;
