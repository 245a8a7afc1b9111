import {
  create,
  createFileRegistry,
  type DescMessage,
  type DescMethod,
  type FileRegistry,
  fromBinary,
  fromJson,
  type Message,
  type JsonValue as PlainJson,
  type Registry,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { LRUCache } from 'lru-cache';
import { ExactNumber, numberText } from '../../../../platform/exact-number.ts';
import { isScalar, type JsonObject, type JsonValue } from '../../../../platform/json.ts';
import type { CompiledMethod } from '../config.ts';

/** A method with the types of its messages. */
interface KnownMethod {
  method: DescMethod;
  registry: FileRegistry;
}

const known = new LRUCache<string, KnownMethod>({ max: 200 });

function read({ path, descriptors }: CompiledMethod): KnownMethod {
  const key = `${path} ${descriptors}`;
  const before = known.get(key);
  if (before) return before;
  const registry = createFileRegistry(
    fromBinary(FileDescriptorSetSchema, Buffer.from(descriptors, 'base64')),
  );
  const [service = '', name] = path.split('/');
  const method = registry.getService(service)?.methods.find((each) => each.name === name);
  if (!method) throw new Error(`The stored descriptors have no ${path}`);
  const found = { method, registry };
  known.set(key, found);
  return found;
}

/** The message does not fit its type; `message` names the place and no value. */
export class MessageError extends Error {}

/** A message as protobuf. @throws MessageError */
export function encodeMessage(compiled: CompiledMethod, body: JsonValue): Uint8Array {
  const { method, registry } = read(compiled);
  try {
    return toBinary(
      method.input,
      fromJson(method.input, plainNumbers(body), { registry: lenient(registry) }),
    );
  } catch (error) {
    throw new MessageError(`The message does not fit ${method.input.typeName}${placeOf(error)}`);
  }
}

/** Proto JSON reads a number of any length from a text. */
function plainNumbers(value: JsonValue): PlainJson {
  if (value instanceof ExactNumber) {
    const double = Number(value.text);
    return numberText(double) === value.text || value.text.includes('.') ? double : value.text;
  }
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map(plainNumbers);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainNumbers(inner)]));
}

/** `cannot decode field shop.Order.id from JSON: expected …`: what follows may hold the value. */
function placeOf(error: unknown): string {
  const text = String((error as Error).message);
  const field = /^cannot (?:decode|encode) field ([\w.]{1,200})/.exec(text)?.[1];
  if (field !== undefined) return `: ${field} has another type or is out of range`;
  const unknown = /key "(\w{1,100})" is unknown/.exec(text)?.[1];
  if (unknown !== undefined) return `: it has no field ${unknown}`;
  return /oneof/.test(text) ? ': two members of a oneof are set' : '';
}

/** The JSON of a message. @throws MessageError */
export function decodeMessage(compiled: CompiledMethod, bytes: Uint8Array): JsonValue {
  const { method, registry } = read(compiled);
  try {
    return shownMessage(method.output, fromBinary(method.output, bytes), registry);
  } catch {
    throw new MessageError(`The response is not a ${method.output.typeName}`);
  }
}

/** With every field that has a default, so that an output always has the same names. */
export function shownMessage(type: DescMessage, message: Message, registry: FileRegistry): JsonValue {
  return toJson(type, message, { registry: lenient(registry), alwaysEmitImplicit: true }) as JsonObject;
}

/** An Any of a type that the documents do not have shows its type and nothing else. */
function lenient(registry: FileRegistry): Registry {
  return Object.assign(Object.create(registry) as Registry, {
    getMessage: (name: string) => registry.getMessage(name) ?? unknownType(name),
  });
}

const unknownTypes = new LRUCache<string, DescMessage>({ max: 100 });

function unknownType(typeName: string): DescMessage | undefined {
  const before = unknownTypes.get(typeName);
  if (before || !/^[A-Za-z_][\w.]{0,200}$/.test(typeName)) return before;
  const at = typeName.lastIndexOf('.');
  const file = create(FileDescriptorProtoSchema, {
    name: 'unknown.proto',
    package: at < 0 ? '' : typeName.slice(0, at),
    syntax: 'proto3',
    messageType: [{ name: typeName.slice(at + 1) }],
  });
  const made = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] })).getMessage(typeName);
  if (made) unknownTypes.set(typeName, made);
  return made;
}
