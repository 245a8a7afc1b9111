import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { ToolDefinition, ToolOf, ToolType } from '../tool-definition.ts';
import { dummyPureProvider } from './dummy/definition.ts';
import { httpPureProvider } from './http/definition.ts';
import type { PureProvider, RepeatPolicy } from './pure-provider.ts';
import type { RenderedRequest } from './rendered-request.ts';

/** The pure half of every tool type. */
export const pureProviders: { [T in ToolType]: PureProvider<ToolOf<T>> } = {
  http: httpPureProvider,
  dummy: dummyPureProvider,
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
export function repeatPolicy(definition: ToolDefinition): RepeatPolicy {
  return providerOf(definition).repeatPolicy(definition);
}

/** A record indexed by the union's own tag gives the provider of exactly that member. */
function providerOf<T extends ToolType>(definition: ToolOf<T>): PureProvider<ToolOf<T>> {
  return pureProviders[definition.type as T];
}
