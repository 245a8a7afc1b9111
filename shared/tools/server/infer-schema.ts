import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { writeJson } from '../../platform/json-text.ts';
import { readJson } from '../../platform/read-json.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { type InferredSchema, type InferSchemaInput, inferSchema, splitDocuments } from '../infer-schema.ts';

const inferThere = isolated(inferFrom, import.meta.url);

/** As large as a schema may be. */
const maxBytes = 262_144;

/**
 * A schema of examples, made in an isolate.
 * @throws InterlockError `invalid_input` for what is no JSON, or too much of it
 */
export async function inferSchemaOf(input: InferSchemaInput, tenantId: string): Promise<InferredSchema> {
  const { text, examples, enums, of } = input;
  if ((text === undefined) === (examples === undefined))
    throw refused(text === undefined ? '' : '/examples', 'needs either a text or examples');
  const sent = text ?? examples!.map((each) => writeJson(each)).join('\n');
  try {
    const result = await inferThere({ cpuMs: 2000, maxBytes, tenantId }, sent, { enums, of });
    if ('problem' in result) throw refused(text === undefined ? '/examples' : '/text', result.problem);
    return result;
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    throw refused(text === undefined ? '/examples' : '/text', error.message);
  }
}

const refused = (path: string, message: string): InterlockError =>
  new InterlockError('invalid_input', 'No schema could be made of the examples.', {
    issues: [{ path, message, keyword: 'example' }],
  });

export function inferFrom(
  text: string,
  options: Pick<InferSchemaInput, 'enums' | 'of'>,
): InferredSchema | { problem: string } {
  const documents = splitDocuments(text);
  if (documents.length === 0) return { problem: 'has no example' };
  const examples: JsonValue[] = [];
  for (const [index, document] of documents.entries()) {
    try {
      examples.push(readJson(document));
    } catch {
      return { problem: documents.length === 1 ? 'is not JSON' : `is not JSON in example ${index + 1}` };
    }
  }
  return inferSchema(examples, options);
}
