import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { EgressError } from '../../platform/server/egress/egress-error.ts';
import { checkUrl } from '../../tools/http/url.ts';
import { describeConnector } from '../../tools/server/describe-connector.ts';
import { type CreateImport, type ImportFormat, maxDocumentLength } from '../import-schemas.ts';
import type { ImportContext } from './import-context.ts';
import { fetchedText } from './offered-documents.ts';
import { unreadable } from './read-import.ts';

const fetchMs = 20_000;

/** What was sent, or what is at its URL. */
interface Document {
  bytes: Buffer;
  /** Where problems of it are shown. */
  place: string;
  sourceUrl: string | null;
  /** Null: to be found out. */
  format: ImportFormat | null;
}

/** @throws InterlockError `invalid_input` when there is no document, or more than one */
export async function documentOf(context: ImportContext, id: string, sent: CreateImport): Promise<Document> {
  const { document, url, curl } = sent;
  const given = [document, url, curl].filter((each) => each !== undefined);
  if (given.length !== 1) {
    const issue: Issue = {
      path: '',
      message: 'Send exactly one of document, url and curl',
      keyword: 'required',
    };
    throw new InterlockError('invalid_input', 'There is nothing to import.', { issues: [issue] });
  }
  const format = sent.format ?? (curl === undefined ? null : 'curl');
  if (url !== undefined)
    return { place: '/url', sourceUrl: url, ...(await atUrl(context, id, { ...sent, url })) };
  const text = curl ?? (typeof document === 'string' ? document : JSON.stringify(document));
  return {
    bytes: Buffer.from(text),
    place: curl === undefined ? '/document' : '/curl',
    sourceUrl: null,
    format,
  };
}

/** A document, or what a server there says about itself. */
async function atUrl(
  context: ImportContext,
  id: string,
  { url, format: wanted, auth = { type: 'none' } }: CreateImport & { url: string },
): Promise<Pick<Document, 'bytes' | 'format'>> {
  const format = wanted ?? null;
  const grpc = /^(grpcs?):\/\/([^/]+)\/?$/i.exec(url);
  if (grpc) {
    const tls = grpc[1]?.toLowerCase() === 'grpcs' ? 'tls' : 'none';
    return { format: 'proto', bytes: await ask(context, { kind: 'grpc', target: grpc[2], tls, auth }) };
  }
  if (format === 'mcp') return { format, bytes: await ask(context, { kind: 'mcp', url, auth }) };
  try {
    return { format, bytes: await fetchDocument(context, id, url) };
  } catch (error) {
    if (format !== null && format !== 'graphql') throw error;
    // Endpoints of these protocols do not respond to GET.
    for (const kind of ['mcp', 'graphql'] as const) {
      if (format !== null && format !== kind) continue;
      const found = await ask(context, { kind, url, auth }).catch((problem: unknown) => {
        if (format === kind) throw problem;
        return null;
      });
      if (found) return { format: kind, bytes: found };
    }
    throw error;
  }
}

/** Asks the system behind a connector that there is not yet. */
async function ask(context: ImportContext, definition: Record<string, unknown>): Promise<Buffer> {
  try {
    const fields = await describeConnector(context, { definition });
    return Buffer.from(fetchedText({ ...definition, ...fields }));
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error;
    throw unreadable('/url', error.issues?.[0]?.message ?? error.message);
  }
}

async function fetchDocument(
  { services, identity }: ImportContext,
  id: string,
  url: string,
): Promise<Buffer> {
  const [problem] = checkUrl(url, '/url');
  if (problem) throw unreadable('/url', `${problem.message}.`);
  const reach = await services.db.tenant(identity.tenantId, readTenantEgress);
  try {
    const response = await services.egress.request({
      ...reach,
      tenantId: identity.tenantId,
      caller: { type: 'import', id },
      method: 'GET',
      url,
      headers: { accept: 'application/json, application/yaml, */*', 'user-agent': 'Interlock' },
      signal: AbortSignal.timeout(fetchMs),
      maxResponseBytes: maxDocumentLength,
      followRedirects: true,
    });
    if (response.status === 200) return response.body;
    throw unreadable('/url', `${new URL(url).host} returned ${response.status}.`);
  } catch (error) {
    if (error instanceof EgressError) throw unreadable('/url', `${error.message}.`);
    throw error;
  }
}
