import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { parseHostPort } from '../../../platform/host-port.ts';
import { toolFields } from '../../tool-fields.ts';

/** Of descriptors and of .proto text, in characters: a request of the API has a megabyte in all. */
export const maxDocument = 900_000;

/** How a gRPC server is reached and what describes it: of a tool, or of its connector. */
export const grpcServerFields = {
  /** `host:port` */
  target: z.string().min(1).max(300),
  /** Left out: TLS, except for loopback addresses. */
  tls: z.enum(['none', 'tls']).optional(),
  /** Sent with every call. */
  metadata: z.record(z.string(), z.string()).default({}),
  /** A FileDescriptorSet in base64, compressed with gzip or not: what `protoc --descriptor_set_out` or reflection returned. */
  descriptors: z.base64().max(maxDocument).optional(),
  /** The text of .proto files, one after the other; each begins with its `syntax`. */
  proto: z.string().max(maxDocument).optional(),
};

/** What `complete` reads of the documents: all that a call of the method needs. */
const compiledSchema = z.strictObject({
  /** `package.Service/Method` */
  path: z.string().max(600),
  /** A FileDescriptorSet in base64 with the method and its messages. */
  descriptors: z.string().max(350_000),
  streaming: z.boolean(),
  idempotency: z.enum(['unknown', 'no_side_effects', 'idempotent']),
});
export type CompiledMethod = z.output<typeof compiledSchema>;

/** `target`, or `connectorId`. Without descriptors and .proto text, the server is asked by reflection when it is called. */
const grpcConfigSchema = z.strictObject({
  ...grpcServerFields,
  target: grpcServerFields.target.optional(),
  connectorId: z.uuid().toLowerCase().optional(),
  /** With its package. */
  service: z.string().min(1).max(300),
  method: z.string().min(1).max(128),
  /** A JSON template; left out: the input is the message. */
  message: anyJson.optional(),
  compiled: compiledSchema.optional(),
  /** Of a stream. */
  maxMessages: z.int().min(1).max(10_000).default(1000),
  /** Of all messages together. */
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type GrpcConfig = z.output<typeof grpcConfigSchema>;
export type GrpcConfigInput = z.input<typeof grpcConfigSchema>;

export const grpcToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('grpc'),
  config: grpcConfigSchema,
});
export type GrpcTool = z.output<typeof grpcToolSchema>;

/** Whether calls to this server use TLS. */
export function usesTls({
  target,
  tls,
}: {
  target?: string | undefined;
  tls?: 'none' | 'tls' | undefined;
}): boolean {
  if (tls !== undefined) return tls === 'tls';
  const { host } = parseHostPort(target ?? '') ?? { host: '' };
  return !(host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host));
}
