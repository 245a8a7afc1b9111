import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { ExpressionError, resolveTemplate } from '../../platform/server/expressions.ts';

/** What the expressions of a channel know. */
export interface ChannelScope extends Record<string, JsonValue> {
  notice: {
    /** All lines with their links, as a text. */
    text: string;
    /** The first line. */
    title: string;
    /** Of the page that it is about; of many, the first one. */
    link: string;
    count: number;
    critical: boolean;
    lines: { text: string; link: string }[];
  };
  person: { name: string; email: string };
  organization: { name: string; slug: string };
}

/** The input of the tool. @throws InterlockError `invalid_input` at the place of the first expression that fails */
export async function channelInput(
  input: JsonObject,
  scope: ChannelScope,
  tenantId: string,
): Promise<JsonObject> {
  try {
    return (await resolveTemplate(input, scope, '', tenantId)) as JsonObject;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new InterlockError('invalid_input', `The input of the channel has no value: ${error.message}.`, {
      issues: [{ path: `/input${error.path}`, message: error.message, keyword: 'expression' }],
    });
  }
}
