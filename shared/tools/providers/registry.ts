import type { z } from 'zod';
import type { JsonValue } from '../../platform/json.ts';
import { codeProvider } from './code/definition.ts';
import { dummyProvider } from './dummy/definition.ts';
import { httpProvider } from './http/definition.ts';
import type { AnyTool, ProviderDefinition, RetrySafety } from './provider-definition.ts';
import type { RenderedRequest } from './rendered-request.ts';

/** The pure half of every tool type. */
export const providerDefinitions = {
  http: httpProvider,
  dummy: dummyProvider,
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

/** Whether a tool of this type can have its auth; every type can have none. */
export function takesAuth({ type, auth }: { type: string; auth: { type: string } }): boolean {
  const kinds = definitions[type]?.auth;
  return kinds === undefined || auth.type === 'none' || kinds.includes(auth.type);
}
