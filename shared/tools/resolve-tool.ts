import { inherits } from './auth/registry.ts';
import type { ConnectorDefinition } from './connectors/registry.ts';
import { providerOf, type ToolDefinition, type ToolDefinitionInput } from './providers/registry.ts';
import { toolDefinitionSchema } from './tool-definition.ts';

/** What a tool takes from its connector when its own definition leaves it out. */
const inherited = ['timeoutMs', 'retry', 'rateLimit', 'propagateTrace'] as const;

/**
 * A definition with its connector folded in: the config that the provider makes of both, the connector's auth where the
 * tool inherits it, and its limits where the tool has none.
 * @param written what it left out is not there
 */
export function resolveTool(
  written: ToolDefinitionInput,
  connector: ConnectorDefinition | null,
): ToolDefinition {
  const use = providerOf(written).connector;
  if (!connector || !use) return toolDefinitionSchema.parse(written);
  const defaults = Object.fromEntries(
    inherited.filter((key) => connector[key] !== undefined).map((key) => [key, connector[key]]),
  );
  return toolDefinitionSchema.parse({
    ...defaults,
    ...written,
    auth: inherits(written.auth) ? connector.auth : written.auth,
    config: use.fold(written.config, connector),
  });
}
