import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import {
  type OverlappingSecrets,
  replaceSecret,
  validSecrets,
} from '../../platform/server/overlapping-secrets.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import type { WebhookPayload } from '../webhook-payload.ts';

/** How long a replaced secret still signs, in addition to the new one. */
const overlapMs = 24 * 60 * 60_000;

export interface EndpointIds {
  tenantId: string;
  endpointId: string;
}

const contextOf = ({ tenantId, endpointId }: EndpointIds) => ({
  purpose: 'webhook-secret',
  tenant: tenantId,
  endpoint: endpointId,
});

export const sealedWebhookSecrets: SealedStore = {
  table: 'webhook_endpoint',
  column: 'secret_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => contextOf({ tenantId: tenant_id!, endpointId: id! }),
};

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks defines it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The new secret, and for another day the one that it replaces. */
export function rotated(before: OverlappingSecrets, secret: string): OverlappingSecrets {
  return replaceSecret(before, secret, overlapMs);
}

export function sealSecrets(vault: Vault, ids: EndpointIds, secrets: OverlappingSecrets): Promise<Buffer> {
  return vault.seal(JSON.stringify(secrets), contextOf(ids));
}

/** @throws VaultError */
export async function openSecrets(
  vault: Vault,
  ids: EndpointIds,
  sealed: Uint8Array,
): Promise<OverlappingSecrets> {
  return JSON.parse(await vault.open(sealed, contextOf(ids))) as OverlappingSecrets;
}

/** The headers and the body of one attempt, with a signature for each secret that is valid now. */
export function signWebhook(
  secrets: OverlappingSecrets,
  payload: WebhookPayload,
  now = new Date(),
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify(payload);
  const signatures = validSecrets(secrets, now.getTime()).map((secret) =>
    new Webhook(secret).sign(payload.id, now, body),
  );
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Interlock-Webhooks/1',
      'webhook-id': payload.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}
