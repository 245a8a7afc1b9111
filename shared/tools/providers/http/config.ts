import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolFields } from '../../tool-fields.ts';
import { paginationSchema } from './pagination.ts';
import { queryStylesSchema } from './query-styles.ts';

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const templateScalar = z.union([z.string(), z.number(), z.boolean()]);

/** `url`, or `connectorId` and `path`. `{name}` is replaced by the input of that name. */
const httpConfigSchema = z.strictObject({
  method: z.enum(httpMethods).default('GET'),
  url: z.string().min(1).max(4096).optional(),
  connectorId: z.uuid().toLowerCase().optional(),
  path: z.string().max(4096).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.union([templateScalar, z.array(templateScalar)])).default({}),
  /** How the lists and objects of query parameters are written. */
  queryStyles: queryStylesSchema,
  /** A JSON template. A string that is exactly `{name}` keeps the type of its input. */
  body: anyJson.optional(),
  bodyType: z.enum(['json', 'form', 'multipart', 'text', 'binary']).default('json'),
  /**
   * How to read the response body; `auto` uses its content type. `xml`: as JSON, which the output
   * schema shapes. `file`: it is stored, and the output says which file it is.
   */
  responseType: z.enum(['auto', 'json', 'text', 'xml', 'binary', 'file']).default('auto'),
  /**
   * The response is shown while it comes. `sse` and `ndjson`: its body is the list of its events or lines, `text`: one text.
   * `auto`: by its content type; one that is none of these is read as a whole. Left out: `responseType` reads it as a whole.
   */
  stream: z.enum(['auto', 'sse', 'ndjson', 'text']).optional(),
  /** How long a streamed response may be silent, in milliseconds; 30 s without it. The timeout of the attempt bounds it all. */
  streamIdleMs: z.int().min(100).max(600_000).optional(),
  /** Reads further pages of a GET. The body is then the list of all items. */
  pagination: paginationSchema.optional(),
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
