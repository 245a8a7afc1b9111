import type { Egress } from '../../platform/server/egress/egress.ts';
import { createDummyProvider } from '../providers/dummy/call.ts';
import { createHttpProvider } from '../providers/http/call.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import type { ToolDefinition, ToolOf, ToolType } from '../tool-definition.ts';
import { createAuthAppliers } from './auth-appliers.ts';
import type { CallContext, CallResult, Provider } from './provider.ts';

export type Providers = { [T in ToolType]: Provider<ToolOf<T>> };

/** The effectful half of every tool type. */
export function createProviders(egress: Egress): Providers {
  return { http: createHttpProvider(egress, createAuthAppliers(egress)), dummy: createDummyProvider() };
}

/** Makes one call of a tool. Everything that can go wrong outside is a result, not an exception. */
export function callProvider(
  definition: ToolDefinition,
  request: RenderedRequest,
  context: CallContext,
  providers: Providers,
): Promise<CallResult> {
  return providerOf(providers, definition).call(definition, request, context);
}

function providerOf<T extends ToolType>(providers: Providers, definition: ToolOf<T>): Provider<ToolOf<T>> {
  return providers[definition.type as T];
}
