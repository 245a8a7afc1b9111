import type { ClientHttp2Session } from 'node:http2';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { exchange, type GrpcCall, type GrpcEnd } from './exchange.ts';
import { statusOf } from './status.ts';

/** The server does not describe itself; `message` is for people. */
export class ReflectionError extends Error {}

type Conversation = Pick<GrpcCall, 'host' | 'metadata' | 'timeoutMs' | 'signal' | 'onChunk'>;

/** Of all files of a server. */
const maxBytes = 8_000_000;
const maxRounds = 20;

const versions = ['grpc.reflection.v1', 'grpc.reflection.v1alpha'];
const unimplemented = 12;

/**
 * What the server says about its services, by gRPC server reflection.
 * @param service null: all of them
 * @returns a FileDescriptorSet in base64, compressed
 * @throws ReflectionError, EgressError
 */
export async function reflect(
  session: ClientHttp2Session,
  conversation: Conversation,
  service: string | null,
): Promise<string> {
  const ask = await versionOf(session, conversation);
  const services = service === null ? ask.services : [service];
  const files = new Map<string, { bytes: Uint8Array; imports: string[] }>();
  const missing = new Set<string>();
  let size = 0;
  const take = (response: Response) => {
    for (const bytes of response.files) {
      const { name, imports } = headOf(bytes);
      if (files.has(name)) continue;
      size += bytes.length;
      if (size > maxBytes)
        throw new ReflectionError(`${conversation.host} describes itself in more than 8 MB`);
      files.set(name, { bytes, imports });
    }
  };
  const wanted = services.filter((name) => !name.startsWith('grpc.reflection.'));
  for (const response of await ask.all(wanted.map((name) => request(4, name)))) {
    if (response.problem !== null && service !== null)
      throw new ReflectionError(`${conversation.host} has no service ${service}`);
    take(response);
  }
  // Most servers send what a file imports with it; some wait to be asked.
  for (let round = 0; round < maxRounds; round++) {
    const asked = [...files.values()]
      .flatMap(({ imports }) => imports)
      .filter((name) => !files.has(name) && !missing.has(name) && !name.startsWith('google/protobuf/'));
    if (asked.length === 0) break;
    const names = [...new Set(asked)].slice(0, 200);
    for (const response of await ask.all(names.map((name) => request(3, name)))) take(response);
    for (const name of names) if (!files.has(name)) missing.add(name);
  }
  const set = new BinaryWriter();
  for (const { bytes } of files.values()) set.tag(1, WireType.LengthDelimited).bytes(bytes);
  return (await promisify(gzip)(set.finish())).toString('base64');
}

interface Response {
  files: Uint8Array[];
  services: string[];
  problem: string | null;
}

interface Asking {
  services: string[];
  all(requests: Uint8Array[]): Promise<Response[]>;
}

/** Asks for the list of services, by the newest version of reflection that the server has. */
async function versionOf(session: ClientHttp2Session, conversation: Conversation): Promise<Asking> {
  const { host } = conversation;
  for (const version of versions) {
    const all = async (messages: Uint8Array[]) => {
      if (messages.length === 0) return [];
      const responses: Response[] = [];
      const end = await exchange(session, {
        ...conversation,
        path: `/${version}.ServerReflection/ServerReflectionInfo`,
        messages,
        maxBytes,
        onSent: () => {},
        async onMessage(message) {
          responses.push(readResponse(message, host));
          return responses.length < messages.length;
        },
      });
      if (end.status !== 0) throw new Refused(end);
      return responses;
    };
    try {
      const [listed] = await all([request(7, '')]);
      return { services: listed?.services ?? [], all };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.end.status !== unimplemented) throw new ReflectionError(wordsOf(error.end, host));
    }
  }
  throw new ReflectionError(
    `${host} does not describe itself: it has no gRPC reflection. Give its .proto files or descriptors instead`,
  );
}

class Refused extends Error {
  readonly end: GrpcEnd;

  constructor(end: GrpcEnd) {
    super('refused');
    this.end = end;
  }
}

const wordsOf = ({ status, httpStatus }: GrpcEnd, host: string): string =>
  status === null
    ? `${host} returned HTTP ${httpStatus}, which is no gRPC response`
    : `${host} does not describe itself: it returned ${statusOf(status).name}`;

/** ServerReflectionRequest: 3 is a file by its name, 4 the file of a symbol, 7 the list of services. */
const request = (field: 3 | 4 | 7, value: string): Uint8Array =>
  new BinaryWriter().tag(field, WireType.LengthDelimited).string(value).finish();

function readResponse(message: Uint8Array, host: string): Response {
  const response: Response = { files: [], services: [], problem: null };
  const readers: Record<number, (inner: Uint8Array) => void> = {
    4: (inner) => fieldsOf(inner, { 1: (file) => response.files.push(file) }),
    6: (inner) =>
      fieldsOf(inner, {
        1: (service) => fieldsOf(service, { 1: (name) => response.services.push(textOf(name)) }),
      }),
    7: (inner) => {
      response.problem = '';
      fieldsOf(inner, { 2: (text) => (response.problem = textOf(text)) });
    },
  };
  try {
    fieldsOf(message, readers);
  } catch {
    throw new ReflectionError(`${host} does not describe itself in the format of gRPC reflection`);
  }
  return response;
}

function headOf(file: Uint8Array): { name: string; imports: string[] } {
  let name = '';
  const imports: string[] = [];
  try {
    fieldsOf(file, { 1: (text) => (name = textOf(text)), 3: (text) => imports.push(textOf(text)) });
  } catch {
    throw new ReflectionError('The server describes itself with a file that is none');
  }
  return { name, imports };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Calls a reader for each field that is a text, bytes or a message. @throws for what is no protobuf */
function fieldsOf(bytes: Uint8Array, readers: Record<number, (value: Uint8Array) => unknown>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const read = readers[field];
    if (read && type === WireType.LengthDelimited) read(reader.bytes());
    else reader.skip(type, field);
  }
}
