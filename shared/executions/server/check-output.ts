import type { Issue } from '../../platform/error-codes.ts';
import type { Json } from '../../platform/json-text.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';

/** How an attempt fails whose response was read, but is not what the tool promises. */
export const invalidOutput = {
  code: 'invalid_output',
  message: 'The response does not match the output schema.',
} as const;

/** Located problems of an output by the tool's output schema; none without one. */
export const outputIssues = async (
  { outputSchema }: Pick<LoadedTool['definition'], 'outputSchema'>,
  output: Json,
  tenantId: string,
): Promise<Issue[]> => (outputSchema ? validateAgainst(outputSchema, output, tenantId) : []);
