import { InterlockError } from '../../platform/error-codes.ts';
import { readJson } from '../../platform/read-json.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import type { ImportFormat, OperationSummary } from '../import-schemas.ts';
import { isOffered, offeredFormatOf, readOffered } from './offered-documents.ts';
import { type ReadOptions, readDocument } from './read-document.ts';

const module = new URL('./read-document.ts', import.meta.url).href;
const readThere = isolated(readDocument, module);

/** 10 MB of YAML take about half of it. */
const cpuMs = 20_000;
const maxBytes = 32 * 1024 * 1024;

export interface ReadImport {
  format: ImportFormat;
  title: string;
  /** Without a name; with the secret of a curl command. */
  connector: Record<string, unknown> | null;
  operations: OperationSummary[];
  /** Of the wanted operations. */
  drafts: Map<string, Record<string, unknown>>;
}

/** Reads a document in an isolate. @throws InterlockError `invalid_input` when it cannot be read */
export async function readImportedDocument(
  bytes: Uint8Array,
  options: ReadOptions,
  tenantId: string,
  place = '/document',
): Promise<ReadImport> {
  const text = sniffed(bytes);
  const offered = isOffered(options.format)
    ? options.format
    : options.format === null
      ? offeredFormatOf(text)
      : null;
  if (offered) return { format: offered, ...(await readOfferedAt(bytes, offered, options, tenantId, place)) };
  const found = await readThere({ cpuMs, maxBytes, tenantId }, bytes, options).catch((error: unknown) => {
    if (error instanceof BudgetError) throw unreadable(place, `The document ${error.message}.`);
    throw error;
  });
  if ('problem' in found) throw unreadable(place, found.problem);
  const { operations, drafts, ...rest } = found;
  return {
    ...rest,
    operations: readJson(operations.text) as unknown as OperationSummary[],
    drafts: new Map(readJson(drafts.text) as unknown as [string, Record<string, unknown>][]),
  };
}

const sniffed = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 20_000));

async function readOfferedAt(
  bytes: Uint8Array,
  format: Parameters<typeof readOffered>[1],
  { sourceUrl }: ReadOptions,
  tenantId: string,
  place: string,
) {
  try {
    return await readOffered(new TextDecoder().decode(bytes), format, { tenantId, sourceUrl });
  } catch (error) {
    if (
      error instanceof InterlockError &&
      (error.code === 'invalid_definition' || error.code === 'invalid_input')
    )
      throw unreadable(place, error.message);
    throw error;
  }
}

export function unreadable(path: string, message: string): InterlockError {
  return new InterlockError('invalid_input', 'The document cannot be imported. Nothing was stored.', {
    issues: [{ path, message, keyword: 'document' }],
  });
}
