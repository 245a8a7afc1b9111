import type { ChangeServices } from '../../events/server/change-context.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import type { ReservedHosts } from '../../platform/server/egress/reserved-hosts.ts';
import type { Environment } from '../../platform/server/environment.ts';
import type { Vault } from '../../platform/server/vault.ts';

/** What sending webhooks needs of a process. */
export interface WebhookServices extends ChangeServices {
  environment: Environment;
  vault: Vault;
  reservedHosts: ReservedHosts;
  egress: Egress;
}
