import type { JsonValue } from '../../../../platform/json.ts';
import { type Json, jsonValue } from '../../../../platform/json-text.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { carried } from '../../../../platform/server/redact-large.ts';
import type { CompiledMethod } from '../config.ts';
import { decodeMessage, MessageError } from './messages.ts';

const decodeThere = isolated(decodeLarge, import.meta.url);
const cpuMs = 1000;
/** A message up to this size is read here. */
const smallBytes = 65_536;

/** The JSON of a message; a large one is read in an isolate and may stay a text. @throws MessageError */
export async function decode(compiled: CompiledMethod, message: Buffer, tenantId: string): Promise<Json> {
  if (message.length <= smallBytes) return decodeMessage(compiled, message);
  try {
    const budget = { cpuMs, maxBytes: Number.POSITIVE_INFINITY, tenantId };
    const found = await decodeThere(budget, message, compiled);
    if ('problem' in found) throw new MessageError(found.problem);
    return found.output;
  } catch (error) {
    if (error instanceof BudgetError) throw new MessageError(`Reading the response ${error.message}`);
    throw error;
  }
}

export async function decodeValue(
  compiled: CompiledMethod,
  message: Buffer,
  tenantId: string,
): Promise<JsonValue> {
  return jsonValue(await decode(compiled, message, tenantId));
}

/** Runs in an isolate. */
export function decodeLarge(
  message: Buffer,
  compiled: CompiledMethod,
): { output: Json } | { problem: string } {
  try {
    return { output: carried(decodeMessage(compiled, message)) };
  } catch (error) {
    if (error instanceof MessageError) return { problem: error.message };
    throw error;
  }
}
