import type { z } from 'zod';
import type { JsonValue } from '../../platform/json.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { codeProvider } from './code/definition.ts';
import { databaseProvider } from './database/definition.ts';
import { dummyProvider } from './dummy/definition.ts';
import { emailProvider } from './email/definition.ts';
import { graphqlProvider } from './graphql/definition.ts';
import { grpcProvider } from './grpc/definition.ts';
import { httpProvider } from './http/definition.ts';
import { mcpProvider } from './mcp/definition.ts';
import type { AnyTool, ProviderDefinition, RetrySafety } from './provider-definition.ts';
import type { RenderedRequest } from './rendered-request.ts';
import { soapProvider } from './soap/definition.ts';
import { webhookProvider } from './webhook/definition.ts';

/** The pure half of every tool type. */
export const providerDefinitions = {
  http: httpProvider,
  graphql: graphqlProvider,
  mcp: mcpProvider,
  grpc: grpcProvider,
  soap: soapProvider,
  database: databaseProvider,
  dummy: dummyProvider,
  webhook: webhookProvider,
  email: emailProvider,
  code: codeProvider,
} satisfies Record<string, ProviderDefinition>;

type Schemas = { [T in keyof typeof providerDefinitions]: (typeof providerDefinitions)[T]['schema'] };
export type ToolType = keyof Schemas;
export type ToolOf<T extends ToolType> = z.output<Schemas[T]>;
/** A definition with its defaults; when stored, its auth holds a `credentialId` and no secret. */
export type ToolDefinition = ToolOf<ToolType>;
/** A definition as it is written (defaults may be missing). */
export type ToolDefinitionInput = z.input<Schemas[ToolType]>;

const definitions: Record<string, ProviderDefinition> = { ...providerDefinitions };

/** For extensions, before the first definition is read. Register the other half with `registerProviderCall`. */
export function registerProvider(type: string, definition: ProviderDefinition): void {
  definitions[type] = definition;
}

export function providerOf({ type }: { type: string }): ProviderDefinition {
  const definition = definitions[type];
  if (!definition) throw new Error(`Unknown tool type "${type}"`);
  return definition;
}

/** A definition as its type stores it: some take another spelling. What is no definition stays as it is. */
export function inStoredForm(sent: unknown): unknown {
  if (!isObject(sent)) return sent;
  return definitions[String(sent.type)]?.storedForm?.(sent) ?? sent;
}

/** The schema of every tool type, registered ones included. */
export function toolSchemas(): ProviderDefinition['schema'][] {
  return Object.values(definitions).map(({ schema }) => schema);
}

/** The request that this definition makes of this input, without its auth. */
export function renderRequest(tool: AnyTool, input: JsonValue): RenderedRequest {
  return providerOf(tool).render(tool, input);
}

/** `host:port` of every place that a resolved tool calls. */
export function targetHosts(tool: AnyTool): string[] {
  return providerOf(tool).hosts(tool);
}

/** "POST pay.example": what a resolved tool calls. */
export function callTarget(tool: AnyTool): string {
  return providerOf(tool).target(tool);
}

/** Whether a call of this tool may be retried when its outcome is unknown, and why. */
export function retrySafety(tool: AnyTool): RetrySafety {
  return providerOf(tool).retrySafety(tool);
}

/** Whether a call of this tool only reads. */
export function readsOnly(tool: AnyTool): boolean {
  return providerOf(tool).readsOnly(tool);
}

/** Whether its credential opens the connection, and is no part of the request. */
/** Whether the credential of a tool opens its connection, and is in no request. */
export function signsIn({ type }: { type: string }): boolean {
  return definitions[type]?.signsIn === true;
}

/** Whether a tool of this type can have its auth; every type can have none. */
export function takesAuth({ type, auth }: { type: string; auth: { type: string } }): boolean {
  const kinds = definitions[type]?.auth;
  return kinds === undefined || auth.type === 'none' || kinds.includes(auth.type);
}
