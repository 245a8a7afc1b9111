import { createHash } from 'node:crypto';
import type { ZodError } from 'zod';
import { canonicalJson } from '../../platform/canonical-json.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { readJson } from '../../platform/read-json.ts';
import { isObject, schemaProperties } from '../../platform/schema-properties.ts';
import { type ConnectorKind, connectorDefinitionSchema } from '../../tools/connectors/registry.ts';
import type { OfferedOperation } from '../../tools/server/connector-offer.ts';
import { offersOf } from '../../tools/server/connector-offers.ts';
import type { ImportFormat, OperationSummary } from '../import-schemas.ts';
import { createNames } from '../naming.ts';

type OfferedFormat = Extract<ImportFormat, 'graphql' | 'wsdl' | 'proto' | 'mcp'>;

interface Described {
  kind: ConnectorKind;
  /** Of the connector: what holds the document; null: it is fetched. */
  field: string | null;
  /** Fields that a connector needs and the document does not say. */
  unset: Record<string, string>;
  label: string;
}

/** Formats whose documents a connector holds, and its kind reads. */
const described: Record<OfferedFormat, Described> = {
  graphql: {
    kind: 'graphql',
    field: 'schema',
    unset: { url: 'https://unset.invalid/' },
    label: 'GraphQL API',
  },
  wsdl: { kind: 'soap', field: 'wsdl', unset: {}, label: 'SOAP service' },
  proto: { kind: 'grpc', field: 'proto', unset: { target: 'unset.invalid:443' }, label: 'gRPC server' },
  mcp: { kind: 'mcp', field: null, unset: { url: 'https://unset.invalid/' }, label: 'MCP server' },
};

export const isOffered = (format: ImportFormat | null): format is OfferedFormat =>
  format !== null && Object.hasOwn(described, format);

/** The field of each kind of connector that says where its tools call. */
export const addressFields: Partial<Record<string, string>> = {
  rest: 'baseUrl',
  graphql: 'url',
  mcp: 'url',
  grpc: 'target',
  soap: 'endpoint',
};

/** Enough of a text to tell what it is. */
const beginning = 20_000;

/** The format of a text that is not read by `readDocument`; null: another. */
export function offeredFormatOf(text: string): OfferedFormat | null {
  const begin = text.slice(0, beginning).trimStart();
  if (begin.startsWith('<')) return begin.includes('schemas.xmlsoap.org/wsdl') ? 'wsdl' : null;
  if (begin.startsWith('{')) return begin.slice(0, 500).includes('"__schema"') ? 'graphql' : null;
  if (/^\s*syntax\s*=\s*["']proto[23]["']/m.test(begin)) return 'proto';
  if (/^\s*(?:type|enum|input|interface|scalar|union|directive|schema)\s+[@\w{]/m.test(begin))
    return 'graphql';
  return null;
}

/** The connector that holds a document, or that was fetched with it; its operations, with their drafts. */
export async function readOffered(
  text: string,
  format: OfferedFormat,
  { tenantId, sourceUrl }: { tenantId: string; sourceUrl: string | null },
): Promise<{
  title: string;
  connector: Record<string, unknown>;
  operations: OperationSummary[];
  drafts: Map<string, Record<string, unknown>>;
}> {
  const { kind, field, unset, label } = described[format];
  const fetched = field === null || text.startsWith(fetchedMark) ? fetchedConnector(text) : null;
  const own = fetched ?? { kind, [field ?? '']: text };
  const title = titleOf(text, format) ?? (sourceUrl ? (URL.parse(sourceUrl)?.hostname ?? label) : label);
  const parsed = connectorDefinitionSchema.safeParse({ name: 'imported', ...unset, ...own });
  if (!parsed.success) throw notHeld(label, parsed.error);
  const offers = offersOf(parsed.data.kind);
  const offered = offers ? await offers.operations(parsed.data, tenantId) : [];
  const nameFor = createNames();
  const drafts = new Map<string, Record<string, unknown>>();
  const operations = offered.map((operation) => {
    const tool = operation.tool && { ...operation.tool, name: nameFor(String(operation.tool.name)) };
    if (tool) drafts.set(operation.key, { ...tool, auth: { type: 'inherit' } });
    return summaryOf(operation, tool);
  });
  return { title, connector: { title, description: '', auth: { type: 'none' }, ...own }, operations, drafts };
}

function summaryOf(
  { key, method, title, reason }: OfferedOperation,
  tool: Record<string, unknown> | null,
): OperationSummary {
  return {
    key,
    method,
    title: title.slice(0, 120),
    name: tool ? String(tool.name) : '',
    inputs: tool ? [...schemaProperties(tool.inputSchema)] : [],
    notes: reason === null ? [] : [reason.replace(/\.$/, '')],
    digest:
      tool &&
      createHash('sha256')
        .update(canonicalJson(tool as JsonValue))
        .digest('base64url'),
  };
}

const fetchedMark = '{"fetched":';

/** A connector with what was fetched from its system, as the text of a document. */
export const fetchedText = (connector: Record<string, unknown>): string =>
  `${fetchedMark}${JSON.stringify(connector)}}`;

/** @throws InterlockError `invalid_input` for a text that no server was asked for */
function fetchedConnector(text: string): Record<string, unknown> {
  try {
    const found = readJson(text);
    if (isObject(found) && isObject(found.fetched)) return found.fetched;
  } catch {
    // It is no JSON.
  }
  throw new InterlockError(
    'invalid_input',
    'This is read from a server and not from a document. Send the URL of the server.',
  );
}

/** Why a connector cannot hold a document. */
function notHeld(label: string, { issues: [issue] }: ZodError): InterlockError {
  const message =
    issue?.code === 'too_big' && issue.path.length === 1
      ? `The description of a ${label} can have ${Number(issue.maximum).toLocaleString('en')} characters. Leave out what is not used.`
      : `The document does not make a connector: ${issue?.path.join('/')} ${issue?.message}.`;
  return new InterlockError('invalid_input', message);
}

const titles: Partial<Record<OfferedFormat, RegExp>> = {
  wsdl: /<(?:[\w-]+:)?service\s[^>]{0,500}?\bname\s*=\s*["']([^"']{1,100})["']/,
  proto: /^\s*service\s+(\w{1,100})/m,
};

const titleOf = (text: string, format: OfferedFormat): string | null =>
  titles[format]?.exec(text)?.[1] ?? null;
