import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { databaseTlsFields } from '../../database/connection-fields.ts';
import { engineNames } from '../../database/engines.ts';
import { toolFields } from '../../tool-fields.ts';

/** `url`, or `connectorId`. */
const databaseConfigSchema = z.strictObject({
  engine: z.enum(engineNames),
  connectorId: z.uuid().toLowerCase().optional(),
  /** Such as `postgresql://db.example.com:5432/shop`, without a user name and password. */
  url: z.string().min(1).max(2048).optional(),
  ...databaseTlsFields,
  /**
   * One SQL statement, in which `{name}` is a bound parameter; for MongoDB an operation as JSON, in which a string that is
   * exactly `{name}` is a value.
   */
  statement: z.union([z.string().min(1).max(65_536), z.record(z.string(), anyJson)]),
  /** Whether the server refuses to write. */
  readOnly: z.boolean().default(true),
  /** Further rows are left out of the output. */
  maxRows: z.int().min(1).max(10_000).default(100),
  /** Of a result on its way; a larger one fails. */
  maxResponseBytes: z.int().min(1024).max(16_777_216).default(1_048_576),
});
export type DatabaseConfigInput = z.input<typeof databaseConfigSchema>;

export const databaseToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('database'),
  config: databaseConfigSchema,
});
export type DatabaseTool = z.output<typeof databaseToolSchema>;
export type DatabaseConfig = DatabaseTool['config'];
