import { type ArtifactStore, createArtifactStore } from '../../artifacts/server/artifact-store.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import { createCodeProvider } from '../providers/code/call.ts';
import { createDatabaseProvider } from '../providers/database/call.ts';
import { createDummyProvider } from '../providers/dummy/call.ts';
import { createEmailProvider } from '../providers/email/call.ts';
import { createGraphqlProvider } from '../providers/graphql/call.ts';
import { createGrpcProvider } from '../providers/grpc/call.ts';
import { createHttpProvider } from '../providers/http/call.ts';
import { createMcpProvider } from '../providers/mcp/call.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import type { ToolOf, ToolType } from '../providers/registry.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import { createSoapProvider } from '../providers/soap/call.ts';
import { createWebhookProvider } from '../providers/webhook/call.ts';
import { type AuthAppliers, createAuthAppliers } from './auth-appliers.ts';
import type { AuthServices } from './auth-services.ts';
import type { CallContext, CallResult, Provider, RecordedResponse } from './provider.ts';

type CreateProvider<T extends AnyTool = AnyTool> = (
  egress: Egress,
  auth: AuthAppliers,
  artifacts: ArtifactStore,
) => Provider<T>;

/** The effectful half of every tool type. */
const providerCalls: { [T in ToolType]: CreateProvider<ToolOf<T>> } = {
  http: createHttpProvider,
  graphql: createGraphqlProvider,
  mcp: createMcpProvider,
  grpc: createGrpcProvider,
  soap: createSoapProvider,
  database: createDatabaseProvider,
  dummy: () => createDummyProvider(),
  webhook: createWebhookProvider,
  email: createEmailProvider,
  code: () => createCodeProvider(),
};

const creators: Record<string, CreateProvider> = { ...providerCalls };

/** For extensions, before `createProviders`. Register the other half with `registerProvider`. */
export function registerProviderCall(type: string, create: CreateProvider): void {
  creators[type] = create;
}

export type Providers = Readonly<Record<string, Provider>>;

/** The providers of one process: they hold connections and access tokens, separate for each tenant. */
export function createProviders(
  services: AuthServices,
  artifacts = createArtifactStore(services.db),
): Providers {
  const { egress } = services;
  const auth = createAuthAppliers(services);
  return Object.fromEntries(
    Object.entries(creators).map(([type, create]) => [type, create(egress, auth, artifacts)]),
  );
}

/** Makes one call of a tool. Everything that can go wrong outside is a result, not an exception. */
export async function callProvider(
  tool: AnyTool,
  request: RenderedRequest,
  context: CallContext,
  providers: Providers,
): Promise<CallResult> {
  const provider = providers[tool.type];
  if (!provider) throw new Error(`No provider for the tool type "${tool.type}"`);
  return provider.call(tool, request, context);
}

/** What a tool makes of a recorded response. Nothing is called. */
export async function replayProvider(
  tool: AnyTool,
  recorded: RecordedResponse,
  tenantId: string,
  providers: Providers,
): Promise<CallResult> {
  const replay = providers[tool.type]?.replay;
  return replay ? replay(tool, recorded, tenantId) : { ok: true, output: recorded.body };
}
