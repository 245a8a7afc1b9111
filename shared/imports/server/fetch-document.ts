import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { EgressError } from '../../platform/server/egress/egress-error.ts';
import { checkUrl } from '../../tools/http/url.ts';
import { type CreateImport, maxDocumentLength } from '../import-schemas.ts';
import type { ImportContext } from './import-context.ts';
import { unreadable } from './read-import.ts';

const fetchMs = 20_000;

/** What was sent, or what is at its URL. */
interface Document {
  bytes: Buffer;
  /** Where problems of it are shown. */
  place: string;
  sourceUrl: string | null;
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
  if (url !== undefined)
    return { bytes: await fetchDocument(context, id, url), place: '/url', sourceUrl: url };
  const text = curl ?? (typeof document === 'string' ? document : JSON.stringify(document));
  return { bytes: Buffer.from(text), place: curl === undefined ? '/document' : '/curl', sourceUrl: null };
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
