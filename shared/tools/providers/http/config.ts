import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolFields } from '../../tool-fields.ts';

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const templateScalar = z.union([z.string(), z.number(), z.boolean()]);

/** `url`, or `connectorId` and `path`. `{name}` is replaced by the input of that name. */
const httpConfigSchema = z.strictObject({
  method: z.enum(httpMethods).default('GET'),
  url: z.string().min(1).max(4096).optional(),
  connectorId: z.uuid().optional(),
  path: z.string().max(4096).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.union([templateScalar, z.array(templateScalar)])).default({}),
  /** A JSON template. A string that is exactly `{name}` keeps the type of its input. */
  body: anyJson.optional(),
  bodyType: z.enum(['json', 'form', 'multipart', 'text', 'binary']).default('json'),
  /** How to read the response body; `auto` uses its content type. */
  responseType: z.enum(['auto', 'json', 'text', 'binary']).default('auto'),
  /** JSONata applied to `{status, headers, body}`; its result is the output. Without it the output is the body. */
  transform: z.string().max(16_384).optional(),
  followRedirects: z.boolean().default(false),
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type HttpConfig = z.output<typeof httpConfigSchema>;
export type HttpConfigInput = z.input<typeof httpConfigSchema>;

export const httpToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('http'),
  config: httpConfigSchema,
});
export type HttpTool = z.output<typeof httpToolSchema>;
