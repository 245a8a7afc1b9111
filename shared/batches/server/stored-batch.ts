import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { JsonValue } from '../../platform/json.ts';
import { writeJson } from '../../platform/json-text.ts';
import { readJson } from '../../platform/read-json.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A call as it was asked for, in clear. */
export interface StoredCall {
  id: string;
  toolId: string;
  payload: JsonValue;
  needs: string[];
  when: string | null;
  /** Idempotency key that the caller chose. */
  key: string | null;
  /** Of its preview; null when the batch is not bound to one, or its payload is not known yet. */
  digest: string | null;
}

interface BatchIds {
  tenantId: string;
  batchId: string;
}

const contextOf = ({ tenantId, batchId }: BatchIds) => ({
  purpose: 'batch',
  tenant: tenantId,
  batch: batchId,
});

export const sealedBatches: SealedStore = {
  table: 'batch',
  column: 'definition_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => contextOf({ tenantId: tenant_id!, batchId: id! }),
};

/** The calls of a batch, compressed: rows are mostly repetition. */
export async function sealCalls(vault: Vault, ids: BatchIds, calls: readonly StoredCall[]): Promise<Buffer> {
  return vault.seal((await compress(writeJson(calls), { level: 4 })).toString('base64'), contextOf(ids));
}

/** @throws VaultError */
export async function openCalls(vault: Vault, ids: BatchIds, sealed: Uint8Array): Promise<StoredCall[]> {
  const compressed = Buffer.from(await vault.open(sealed, contextOf(ids)), 'base64');
  return readJson((await decompress(compressed)).toString()) as unknown as StoredCall[];
}
