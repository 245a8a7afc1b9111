import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import type { connectorFields } from '../tool-fields.ts';

type ConnectorSchema = z.ZodObject<typeof connectorFields & { kind: z.ZodType<string> }>;

/** A kind of connector: what tools share that call the same system. */
export interface ConnectorKindDefinition<Schema extends z.ZodObject = ConnectorSchema> {
  label: string;
  schema: Schema;
  /** Problems beyond the shape and the auth, each at its place. */
  check(connector: z.output<Schema>): Issue[];
  /** `host:port` of every place that its tools call. */
  hosts(connector: z.output<Schema>): string[];
  /** Optional fields that hold whole documents: lists leave them out. */
  documents?: readonly string[];
}
