import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { ToolDefinition } from '../tool-definition.ts';
import type { RenderedRequest } from './rendered-request.ts';

export interface RetrySafety {
  /** May a call be made again although an earlier one may have had its effect? */
  safe: boolean;
  /** The same for people. */
  words: string;
}

/** The pure half of a tool type: what its config may be, and the request it makes. */
export interface ProviderDefinition<T extends ToolDefinition = ToolDefinition> {
  label: string;
  /** Problems beyond the shape, each at its place in the definition (`/config/url`). */
  check(definition: T): Issue[];
  /**
   * The one renderer, for preview, digest and call alike. The input is valid by its schema already.
   * @throws InterlockError `invalid_input` with located issues when a value does not fit its place.
   */
  render(definition: T, input: JsonValue): RenderedRequest;
  retrySafety(definition: T): RetrySafety;
}
