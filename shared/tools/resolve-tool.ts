import { joinUrl } from './http/url.ts';
import {
  type ConnectorDefinition,
  type ToolDefinition,
  type ToolDefinitionInput,
  toolDefinitionSchema,
} from './tool-definition.ts';

/** What a tool takes from its connector when its own definition leaves it out. */
const inherited = ['timeoutMs', 'retry', 'rateLimit'] as const;

/**
 * A definition with its connector folded in: an absolute URL, the connector's headers below its own, the connector's
 * auth and limits where it has none.
 * @param stored as written: what it left out is not there
 */
export function resolveTool(
  stored: ToolDefinitionInput,
  connector: ConnectorDefinition | null,
): ToolDefinition {
  if (!connector || stored.type !== 'http') return toolDefinitionSchema.parse(stored);
  const { connectorId: _connectorId, path = '', ...config } = stored.config;
  const own = new Set(Object.keys(config.headers ?? {}).map((name) => name.toLowerCase()));
  const shared = Object.entries(connector.headers).filter(([name]) => !own.has(name.toLowerCase()));
  const defaults = Object.fromEntries(
    inherited.filter((key) => connector[key] !== undefined).map((key) => [key, connector[key]]),
  );
  return toolDefinitionSchema.parse({
    ...defaults,
    ...stored,
    auth: hasAuth(stored) ? stored.auth : connector.auth,
    config: {
      ...config,
      url: joinUrl(connector.baseUrl, path),
      headers: { ...Object.fromEntries(shared), ...config.headers },
    },
  });
}

function hasAuth(stored: ToolDefinitionInput): boolean {
  return stored.auth !== undefined && stored.auth.type !== 'none';
}
