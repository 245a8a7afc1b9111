import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import { maxDocumentLength } from '../import-schemas.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

interface ImportIds {
  tenantId: string;
  importId: string;
}

const context = ({ tenantId, importId }: ImportIds) => ({
  purpose: 'imported-document',
  tenant: tenantId,
  import: importId,
});

export const sealedDocuments: SealedStore = {
  table: 'imported_document',
  column: 'document_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => context({ tenantId: tenant_id!, importId: id! }),
};

/** Compressed: a document is mostly repetition. */
export async function sealDocument(vault: Vault, ids: ImportIds, bytes: Uint8Array): Promise<Buffer> {
  return vault.seal((await compress(bytes, { level: 4 })).toString('base64'), context(ids));
}

/** @throws VaultError */
export async function openDocument(vault: Vault, ids: ImportIds, sealed: Uint8Array): Promise<Buffer> {
  const compressed = Buffer.from(await vault.open(sealed, context(ids)), 'base64');
  return decompress(compressed, { maxOutputLength: 4 * maxDocumentLength });
}
