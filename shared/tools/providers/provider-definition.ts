import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { ConnectorDefinition, ConnectorKind } from '../connectors/registry.ts';
import type { toolFields } from '../tool-fields.ts';
import type { RenderedRequest } from './rendered-request.ts';

export interface RetrySafety {
  /** Whether a call may be made again although an earlier one may have taken effect. */
  safe: boolean;
  /** The same for people. */
  words: string;
}

type ToolSchema = z.ZodObject<typeof toolFields & { type: z.ZodType<string>; config: z.ZodType }>;
/** A tool of any type, a registered one included. */
export type AnyTool = z.output<ToolSchema>;

/** The pure half of a tool type: what its config may be, and the request it makes. */
export interface ProviderDefinition<Schema extends z.ZodObject = ToolSchema> {
  label: string;
  /** The whole tool: `toolFields` with `type` and `config`. */
  schema: Schema;
  /** Problems beyond the shape, each at its place in the definition (`/config/url`). */
  check(tool: z.output<Schema>): Issue[];
  /**
   * The request of this input, for preview, digest and call. The input is valid by the tool's schema already.
   * @throws InterlockError `invalid_input` with located issues when a value does not fit its place
   */
  render(tool: z.output<Schema>, input: JsonValue): RenderedRequest;
  /** `host:port` of every place that a resolved tool calls. */
  hosts(tool: z.output<Schema>): string[];
  /** What a resolved tool calls, such as "POST pay.example", without anything of an input. */
  target(tool: z.output<Schema>): string;
  /** The HTTP method of every call: a list of hosts may allow only some. Absent: calls have none. */
  method?(tool: z.output<Schema>): string;
  retrySafety(tool: z.output<Schema>): RetrySafety;
  /** Whether a call only reads. */
  readsOnly(tool: z.output<Schema>): boolean;
  /** The kinds of auth that it takes, besides none; absent: every kind. */
  auth?: readonly string[];
  /** The credential opens the connection: the request that is shown does not carry it. */
  signsIn?: true;
  /** How a tool of this type uses a connector; absent: it uses none. */
  connector?: ConnectorUse<z.output<Schema>['config'], z.input<Schema>['config']>;
  /** Config fields that hold a JSONata expression. */
  expressionFields?: readonly string[];
  /** Config fields whose change may break those who execute the tool or read its output. */
  breakingFields?: readonly string[];
  /** Of a type whose responses depend on its config. Absent: what a call returned is its output whatever the config is. */
  response?: ResponseUse<z.output<Schema>>;
  /** A definition as it was sent, in the spelling that is stored. It may have any shape. */
  storedForm?(sent: StoredConfig): StoredConfig;
  /** Brings the stored config of an older definition format to the next one. */
  upgradeConfig?: { [formatVersion: number]: (config: StoredConfig) => StoredConfig };
}

interface ResponseUse<Tool> {
  /** What decides what a response holds and how it is read: with something else, a recorded response says nothing. */
  readBy(tool: Tool): unknown;
  /** The expression that makes the output of a response. */
  transform?(tool: Tool): string | undefined;
}

export type StoredConfig = Record<string, unknown>;

interface ConnectorUse<Config, ConfigInput> {
  kinds: readonly ConnectorKind[];
  idOf(config: Config): string | undefined;
  /** The config as if it had been written without the connector. */
  fold(config: ConfigInput, connector: ConnectorDefinition): ConfigInput;
}
