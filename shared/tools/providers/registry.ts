import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { ToolDefinition, ToolOf, ToolType } from '../tool-definition.ts';
import { dummyProvider } from './dummy/definition.ts';
import { httpProvider } from './http/definition.ts';
import type { ProviderDefinition, RetrySafety } from './provider-definition.ts';
import type { RenderedRequest } from './rendered-request.ts';

/** The pure half of every tool type. */
export const providerDefinitions: { [T in ToolType]: ProviderDefinition<ToolOf<T>> } = {
  http: httpProvider,
  dummy: dummyProvider,
};

/** Problems of a definition's config, beyond its shape. */
export function checkConfig(definition: ToolDefinition): Issue[] {
  return providerOf(definition).check(definition);
}

/** The request that this definition makes of this input, but for its auth. */
export function renderRequest(definition: ToolDefinition, input: JsonValue): RenderedRequest {
  return providerOf(definition).render(definition, input);
}

/** May a call of this tool be repeated when its outcome is unknown, and in words why. */
export function retrySafety(definition: ToolDefinition): RetrySafety {
  return providerOf(definition).retrySafety(definition);
}

/** A record indexed by the union's own tag gives the provider of exactly that member. */
function providerOf<T extends ToolType>(definition: ToolOf<T>): ProviderDefinition<ToolOf<T>> {
  return providerDefinitions[definition.type as T];
}
