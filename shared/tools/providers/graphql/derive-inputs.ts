import { parse } from 'graphql/language';
import { inputSchemaOf, namedTypes, operationOf } from './variable-schemas.ts';

// Pages load this when someone asks for it: the parser is as large as the rest of an editor.

/**
 * The input schema that the variables of an operation ask for.
 * @param schema SDL, which says what input objects and enums hold
 */
export function deriveInputs(
  document: string,
  operationName: string | undefined,
  schema: string | undefined,
): { inputSchema: Record<string, unknown> } | { problem: string } {
  try {
    const operation = operationOf(parse(document), operationName);
    if (!operation) return { problem: 'Name the operation of the document first' };
    const types = namedTypes(parse(schema || 'scalar Any', { noLocation: true }));
    return { inputSchema: inputSchemaOf(operation.variableDefinitions ?? [], types) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The document cannot be read' };
  }
}
