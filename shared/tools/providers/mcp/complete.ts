import type { ConfigCompleter } from '../../server/config-completer.ts';
import { checkParamHeaders } from '../../server/mcp/check-param-headers.ts';
import type { McpTool } from './config.ts';

/** Finds the tool among those of the connector; a definition without schemas gets those of the server. */
export const completeMcp: ConfigCompleter<McpTool> = async (
  { config, inputSchema: own },
  _tenantId,
  connector,
) => {
  const issues = checkParamHeaders(own, '/inputSchema');
  const tools = connector?.kind === 'mcp' ? connector.serverTools : undefined;
  if (!tools) return { issues };
  const found = tools.find(({ name }) => name === config.tool);
  if (found) {
    const { inputSchema, outputSchema } = found;
    return { issues, defaults: { inputSchema, ...(outputSchema && { outputSchema }) } };
  }
  const names = tools.slice(0, 20).map(({ name }) => name);
  const message = `The server has no tool "${config.tool}" (it has ${names.join(', ') || 'none'})`;
  return { issues: [{ path: '/config/tool', message, keyword: 'mcp' }] };
};
