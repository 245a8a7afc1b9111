import { isObject } from '../../../../shared/platform/schema-properties.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';

/** The schema of what a run of this document takes. */
export const inputSchemaOf = (document: Record<string, unknown> | null): JsonSchema =>
  isObject(document?.inputSchema) ? document.inputSchema : { type: 'object' };

/** Is there anything to fill in? */
export const hasFields = (schema: JsonSchema): boolean =>
  !(
    schema.type === 'object' &&
    Object.keys(schema).every((key) => ['type', 'properties', 'additionalProperties'].includes(key)) &&
    Object.keys(isObject(schema.properties) ? schema.properties : {}).length === 0
  );
