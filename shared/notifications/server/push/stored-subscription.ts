import type { Vault } from '../../../platform/server/vault.ts';
import type { SealedStore } from '../../../platform/server/vault-keys.ts';

/** What a browser gives: where to send, and with what to encrypt. Who has it can send to the browser. */
export interface BrowserEndpoint {
  endpoint: string;
  /** Base64url. */
  keys: { p256dh: string; auth: string };
}

interface SubscriptionIds {
  tenantId: string;
  id: string;
}

const contextOf = ({ tenantId, id }: SubscriptionIds) => ({
  purpose: 'push-subscription',
  tenant: tenantId,
  subscription: id,
});

export const sealedSubscriptions: SealedStore = {
  table: 'push_subscription',
  column: 'endpoint_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => contextOf({ tenantId: tenant_id!, id: id! }),
};

export const sealEndpoint = (
  vault: Vault,
  ids: SubscriptionIds,
  endpoint: BrowserEndpoint,
): Promise<Buffer> => vault.seal(JSON.stringify(endpoint), contextOf(ids));

/** @throws VaultError */
export async function openEndpoint(
  vault: Vault,
  ids: SubscriptionIds,
  sealed: Uint8Array,
): Promise<BrowserEndpoint> {
  return JSON.parse(await vault.open(sealed, contextOf(ids))) as BrowserEndpoint;
}
