import { z } from 'zod';
import { toolFields } from '../../tool-fields.ts';

/** `url`, or `connectorId` of a GraphQL connector. The inputs are the variables. */
const graphqlConfigSchema = z.strictObject({
  url: z.string().min(1).max(2048).optional(),
  connectorId: z.uuid().toLowerCase().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  document: z.string().min(1).max(65_536),
  /** Of several operations in the document, the one that is called. */
  operationName: z
    .string()
    .regex(/^[A-Za-z_]\w{0,127}$/, 'Use the name of an operation of the document')
    .optional(),
  /** Of which kind that one is. Set when the definition is saved. */
  operation: z.enum(['query', 'mutation']).optional(),
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type GraphqlConfigInput = z.input<typeof graphqlConfigSchema>;

export const graphqlToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('graphql'),
  config: graphqlConfigSchema,
});
export type GraphqlTool = z.output<typeof graphqlToolSchema>;
