import { randomBytes } from 'node:crypto';
import type { OverlappingSecrets } from '../../platform/server/overlapping-secrets.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';

export interface WebhookIds {
  tenantId: string;
  webhookId: string;
}

const secretContext = ({ tenantId, webhookId }: WebhookIds) => ({
  purpose: 'inbound-secret',
  tenant: tenantId,
  webhook: webhookId,
});

export const sealedInboundSecrets: SealedStore = {
  table: 'inbound_webhook',
  column: 'secret_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => secretContext({ tenantId: tenant_id!, webhookId: id! }),
};

export function sealInboundSecrets(
  vault: Vault,
  ids: WebhookIds,
  secrets: OverlappingSecrets,
): Promise<Buffer> {
  return vault.seal(JSON.stringify(secrets), secretContext(ids));
}

/** @throws VaultError */
export async function openInboundSecrets(
  vault: Vault,
  ids: WebhookIds,
  sealed: Uint8Array,
): Promise<OverlappingSecrets> {
  return JSON.parse(await vault.open(sealed, secretContext(ids))) as OverlappingSecrets;
}

/** A delivery as it was received. */
export interface ReceivedInput {
  /** In lower case, without what proves who sent it. */
  headers: Record<string, string>;
  body: string;
  /** What the source calls the delivery. */
  senderId: string | null;
}

interface DeliveryIds {
  tenantId: string;
  deliveryId: string;
}

const inputContext = ({ tenantId, deliveryId }: DeliveryIds) => ({
  purpose: 'inbound-delivery',
  tenant: tenantId,
  delivery: deliveryId,
});

export const sealedInboundInputs: SealedStore = {
  table: 'inbound_delivery',
  column: 'input_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => inputContext({ tenantId: tenant_id!, deliveryId: id! }),
};

export function sealInput(vault: Vault, ids: DeliveryIds, input: ReceivedInput): Promise<Buffer> {
  return vault.seal(JSON.stringify(input), inputContext(ids));
}

/** @throws VaultError */
export async function openInput(vault: Vault, ids: DeliveryIds, sealed: Uint8Array): Promise<ReceivedInput> {
  return JSON.parse(await vault.open(sealed, inputContext(ids))) as ReceivedInput;
}

/** The last part of the URL of an endpoint: 256 random bits. */
export const newReceiveKey = (): string => randomBytes(32).toString('base64url');

/** A secret of 256 random bits. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');
