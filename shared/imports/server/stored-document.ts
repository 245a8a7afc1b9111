import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import { type ImportRow, readSealedDocument } from '../db/imports.ts';
import { maxDocumentLength } from '../import-schemas.ts';
import { type ReadImport, readImportedDocument } from './read-import.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

type StoredImport = Pick<ImportRow, 'id' | 'tenant_id' | 'format' | 'source_url'>;

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

/** The operations of a stored document, with their drafts. @throws VaultError, or InterlockError `invalid_input` */
export async function readStoredDocument(
  { db, vault }: { db: Database; vault: Vault },
  { id, tenant_id: tenantId, format, source_url: sourceUrl }: StoredImport,
  keys: string[],
): Promise<ReadImport> {
  const sealed = await db.tenant(tenantId, (connection) => readSealedDocument(connection, id));
  if (!sealed) throw importNotFound();
  const compressed = Buffer.from(await vault.open(sealed, context({ tenantId, importId: id })), 'base64');
  const bytes = await decompress(compressed, { maxOutputLength: 4 * maxDocumentLength });
  return readImportedDocument(bytes, { format, sourceUrl, keys }, tenantId);
}

export const importNotFound = (): InterlockError =>
  new InterlockError('not_found', 'Import not found. Documents are kept for a week; read it again.');
