import { z } from 'zod';
import { authHeaders } from '../../auth/registry.ts';
import { checkFixedHeaders } from '../../http/headers.ts';
import { checkEndpoint, hostPortOf } from '../../http/url.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

/** The revisions of the protocol that are spoken, newest first. From 2026-07-28 on there are no sessions. */
export const mcpVersions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] as const;
export const mcpVersionSchema = z.enum(mcpVersions);

/** Names as servers give them: printable ASCII, as headers carry them. */
export const mcpToolNameSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'Use the name of the tool as the server lists it');

const jsonSchema = z.record(z.string(), z.unknown());

/** A tool as the server lists it. Its annotations are hints of a stranger: nothing follows from them by itself. */
const listedToolSchema = z.strictObject({
  name: mcpToolNameSchema,
  title: z.string().max(200).optional(),
  description: z.string().max(4096).optional(),
  inputSchema: jsonSchema,
  outputSchema: jsonSchema.optional(),
  annotations: z
    .strictObject({
      readOnlyHint: z.boolean().optional(),
      idempotentHint: z.boolean().optional(),
      destructiveHint: z.boolean().optional(),
    })
    .optional(),
});
export type ListedTool = z.output<typeof listedToolSchema>;

export const maxListedTools = 500;

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('mcp'),
  /** The endpoint of the Streamable HTTP transport. */
  url: z.string().min(1).max(2048),
  headers: z.record(z.string(), z.string()).default({}),
  /** What the server speaks, as it was found when its tools were fetched. */
  protocolVersion: mcpVersionSchema.optional(),
  /** As they were fetched. */
  serverTools: z.array(listedToolSchema).max(maxListedTools).optional(),
});

/** A remote MCP server with its tools, auth, and headers that every request carries. */
export const mcpConnector = {
  label: 'MCP server',
  schema,
  check({ auth, url, headers }) {
    return [...checkEndpoint(url, '/url'), ...checkFixedHeaders(headers, authHeaders(auth), '/headers')];
  },
  hosts: ({ url }) => [hostPortOf(url)].filter((host) => host !== null),
  documents: ['serverTools'],
} satisfies ConnectorKindDefinition<typeof schema>;
