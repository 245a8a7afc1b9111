import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import type { InterlockError } from '../../shared/platform/error-codes.ts';
import { toInterlockError } from '../error-shape.ts';
import { programVersion } from '../program-version.ts';
import { callTool } from './call-tool.ts';
import type { McpRequest } from './mcp-request.ts';
import { findOfferedTool, offeredPage } from './offered-tools.ts';
import { getExecutionName } from './own-names.ts';
import { callOwnTool, isOwnTool, offeredOwnTools } from './own-tools.ts';
import { getPrompt, listPrompts } from './prompts.ts';
import { listResources, readResource, resourceTemplates } from './resources.ts';

const instructions = `The tools of an organization, as Interlock governs them. Each call is an execution: it is checked, recorded, and may need an approval by people. A call that needs one, or takes long, returns an executionId: call ${getExecutionName} with it for the result instead of calling the tool again. Resources are open cases (exceptions) and playbooks; prompts are the published playbooks.`;

/** The server of one request. It keeps nothing, so every process serves every request. */
export function mcpServer(request: McpRequest): Server {
  const { context } = request;
  const server = new Server(
    { name: 'interlock', title: `Interlock: ${context.identity.tenantName}`, version: programVersion },
    {
      instructions,
      capabilities: {
        tools: { listChanged: true },
        resources: { listChanged: true },
        prompts: { listChanged: true },
      },
    },
  );

  server.setRequestHandler('tools/list', ({ params }) =>
    asProtocol(async () => {
      const page = await offeredPage(context, params?.cursor);
      return params?.cursor === undefined
        ? { ...page, tools: [...offeredOwnTools(request), ...page.tools] }
        : page;
    }),
  );
  server.setRequestHandler('tools/call', ({ params: { name, arguments: sent = {} } }, ctx) =>
    asProtocol(async () => {
      if (isOwnTool(name)) return callOwnTool(request, name, sent, ctx);
      const tool = await findOfferedTool(context, name);
      if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
      const result = await callTool(request, tool, sent, ctx);
      return server.projectCallToolResult(result, tool.offered.outputSchema);
    }),
  );
  server.setRequestHandler('resources/list', ({ params }) =>
    asProtocol(() => listResources(request, params?.cursor)),
  );
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates }));
  server.setRequestHandler('resources/read', ({ params }) =>
    asProtocol(() => readResource(request, params.uri)),
  );
  server.setRequestHandler('prompts/list', ({ params }) =>
    asProtocol(() => listPrompts(request, params?.cursor)),
  );
  server.setRequestHandler('prompts/get', ({ params }) =>
    asProtocol(() => getPrompt(request, params.name, params.arguments ?? {})),
  );
  return server;
}

/** An error of ours as one of the protocol. */
async function asProtocol<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const known = toInterlockError(error);
    throw new ProtocolError(codeOf(known), known.message, { code: known.code, issues: known.issues });
  }
}

function codeOf({ code }: InterlockError): number {
  return code === 'internal' || code === 'unavailable'
    ? ProtocolErrorCode.InternalError
    : ProtocolErrorCode.InvalidParams;
}
