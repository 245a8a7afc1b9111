import { z } from 'zod';
import { mcpToolNameSchema, mcpVersionSchema } from '../../connectors/mcp/definition.ts';
import { toolFields } from '../../tool-fields.ts';

/** `url`, or `connectorId` of an MCP server. The inputs are the arguments of its tool. */
const mcpConfigSchema = z.strictObject({
  url: z.string().min(1).max(2048).optional(),
  connectorId: z.uuid().toLowerCase().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** As the server calls it. */
  tool: mcpToolNameSchema,
  /** Of the connector where it has one; without it, a session is opened as before 2026-07-28. */
  protocolVersion: mcpVersionSchema.optional(),
  /** Declared by the person who writes the definition; what a server says of itself is only a hint. */
  readOnly: z.boolean().default(false),
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type McpConfigInput = z.input<typeof mcpConfigSchema>;

export const mcpToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('mcp'),
  config: mcpConfigSchema,
});
export type McpTool = z.output<typeof mcpToolSchema>;
