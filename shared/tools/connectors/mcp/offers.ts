import { InterlockError } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { type RpcRequest, rpcRequest } from '../../providers/mcp/rpc-request.ts';
import type { ConnectorOffers, OfferedOperation } from '../../server/connector-offer.ts';
import { checkParamHeaders } from '../../server/mcp/check-param-headers.ts';
import { HandshakeError, openSession, type RpcExchange, resultOf } from '../../server/mcp/sessions.ts';
import { type ListedTool, maxListedTools, mcpToolNameSchema, mcpVersions } from './definition.ts';

const maxResponseBytes = 4_194_304;
const maxPages = 50;
const maxCharacters = 800_000;

/** What an MCP server says about itself. */
export const mcpOffers: ConnectorOffers<'mcp'> = {
  fetch: async ({ url, headers }, { send }) => {
    const { host } = new URL(url);
    const failed = (why: string) =>
      new InterlockError('provider_error', `${host} ${why}. Nothing was changed.`);
    const post = (rpc: RpcRequest): Promise<RpcExchange> =>
      send({
        method: 'POST',
        url,
        headers: { ...headers, ...rpc.headers },
        body: JSON.stringify(rpc.body),
        maxResponseBytes,
      });
    try {
      const { version, session } = await meet(post);
      const tools = await listTools(post, version, session);
      if (tools === null) throw failed('did not list its tools');
      if (JSON.stringify(tools).length > maxCharacters)
        throw failed(
          `describes its tools in more than ${maxCharacters / 1000} kB, which a connector cannot keep`,
        );
      return { protocolVersion: version, serverTools: tools };
    } catch (error) {
      if (error instanceof HandshakeError) throw failed(error.message);
      throw error;
    }
  },
  async operations({ serverTools = [] }) {
    return serverTools.map(offered);
  },
};

/** The newest revision is asked for first; a server that does not know it opens a session. */
async function meet(post: (rpc: RpcRequest) => Promise<RpcExchange>) {
  const [newest] = mcpVersions;
  const { headers, body } = rpcRequest(newest, 'tools/list', {});
  const response = await post({ headers, body: { ...body, id: 'list' } });
  if (resultOf(response, 'list')) return { version: newest, session: {} };
  if (response.status === 401 || response.status === 403)
    throw new HandshakeError(`returned ${response.status}`, response.status);
  const session = await openSession(post);
  const version = mcpVersions.find((each) => each === session['mcp-protocol-version']);
  if (!version)
    throw new HandshakeError(
      `speaks the revision ${session['mcp-protocol-version']} of the protocol, which is not supported`,
      0,
    );
  return { version, session };
}

/** Null: a page of the list did not come. */
async function listTools(
  post: (rpc: RpcRequest) => Promise<RpcExchange>,
  version: string,
  session: Record<string, string>,
): Promise<ListedTool[] | null> {
  const tools: ListedTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { headers, body } = rpcRequest(version, 'tools/list', cursor === undefined ? {} : { cursor });
    const id = `list ${page}`;
    const response = await post({ headers: { ...headers, ...session }, body: { ...body, id } });
    const result = resultOf(response, id);
    if (!result || !Array.isArray(result.tools)) return null;
    tools.push(...result.tools.flatMap(listed));
    if (typeof result.nextCursor !== 'string' || tools.length >= maxListedTools) break;
    cursor = result.nextCursor;
  }
  return tools.slice(0, maxListedTools);
}

/** A tool as a connector keeps it; none for one that has no usable name. */
function listed(tool: JsonValue): ListedTool[] {
  if (!isObject(tool)) return [];
  const { title, description, inputSchema, outputSchema, annotations } = tool;
  const name = mcpToolNameSchema.safeParse(tool.name);
  if (!name.success) return [];
  const hints = isObject(annotations) ? annotations : {};
  const kept = (['readOnlyHint', 'idempotentHint', 'destructiveHint'] as const).flatMap((hint) =>
    typeof hints[hint] === 'boolean' ? [[hint, hints[hint]]] : [],
  );
  return [
    {
      name: name.data,
      ...(typeof title === 'string' && title !== '' && { title: title.slice(0, 200) }),
      ...(typeof description === 'string' && { description: description.slice(0, 4096) }),
      inputSchema: isObject(inputSchema) ? inputSchema : { type: 'object' },
      ...(isObject(outputSchema) && { outputSchema }),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
  ];
}

function offered({
  name,
  title,
  description = '',
  inputSchema,
  outputSchema,
  annotations,
}: ListedTool): OfferedOperation {
  const shown = title ?? name;
  const [unusable] = checkParamHeaders(inputSchema, '');
  if (unusable)
    return { key: name, title: shown, description, method: null, tool: null, reason: unusable.message };
  return {
    key: name,
    title: shown,
    description,
    method: null,
    tool: {
      name: toolName(name),
      title: shown.slice(0, 120),
      description,
      type: 'mcp',
      config: { tool: name },
      inputSchema,
      ...(outputSchema && { outputSchema }),
    },
    reason: annotations?.readOnlyHint
      ? 'The server says that it only reads. Declare that in the tool if you trust it'
      : null,
  };
}

function toolName(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 56);
  return /^[a-z][a-z0-9_]+$/.test(snake) ? snake : `call_${snake}`;
}
