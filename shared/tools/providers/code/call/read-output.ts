import type { JsonValue } from '../../../../platform/json.ts';
import type { Json } from '../../../../platform/json-text.ts';
import { JsonLimitError, readJson } from '../../../../platform/read-json.ts';
import { hasAtMost, maxValues } from '../../../../platform/server/isolates/isolate-protocol.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { carried } from '../../../../platform/server/redact-large.ts';

type Read<Value = Json> = { output: Value } | { problem: string };

/** A result up to this size is parsed here, which takes the event loop 5 ms at most. */
const smallLength = 65_536;
const cpuMs = 1000;

const readThere = isolated(readLargeOutput, import.meta.url);

/** The result of the code, which its process may have written as it likes: at most 50,000 values. */
export async function readOutput(text: string, tenantId: string): Promise<Read> {
  if (text.length <= smallLength) return readHere(text);
  try {
    return await readThere({ cpuMs, tenantId, maxBytes: Number.POSITIVE_INFINITY }, text);
  } catch (error) {
    if (error instanceof BudgetError) return { problem: `reading it ${error.message}` };
    throw error;
  }
}

/** A large output stays a text: it is checked and redacted elsewhere. */
export function readLargeOutput(text: string): Read {
  const read = readHere(text);
  return 'output' in read ? { output: carried(read.output) } : read;
}

function readHere(text: string): Read<JsonValue> {
  try {
    const output = readJson(text);
    return hasAtMost(output, maxValues) ? { output } : { problem: `it has more than ${maxValues} values` };
  } catch (error) {
    if (error instanceof JsonLimitError) return { problem: error.message };
    if (error instanceof SyntaxError) return { problem: 'it is no JSON' };
    throw error;
  }
}
