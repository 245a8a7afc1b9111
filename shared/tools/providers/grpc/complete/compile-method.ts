import { create, type DescMessage, type DescMethod, type FileRegistry } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel as Idempotency,
} from '@bufbuild/protobuf/wkt';
import type { JsonObject } from '../../../../platform/json.ts';
import { JsonText } from '../../../../platform/json-text.ts';
import type { CompiledMethod } from '../config.ts';
import { messageSchema } from './message-schema.ts';
import { ProtoError, type ProtoSource } from './proto-error.ts';
import { readSource, writeDescriptors } from './read-files.ts';

/** What is wrong, and with which part of the config. */
export interface ProtoProblem {
  field: 'descriptors' | 'proto' | 'service' | 'method';
  message: string;
}

/** @param inputs names of the fields that the message gets. Runs in an isolate. */
export function compileMethod(
  source: ProtoSource,
  service: string,
  method: string,
  inputs: string[],
): { compiled: CompiledMethod; unknown: string[] } | { problem: ProtoProblem } {
  try {
    const registry = readSource(source);
    const found = findMethod(registry, service, method);
    if ('problem' in found) return found;
    const descriptors = writeDescriptors(reached(registry, found));
    if (descriptors.length > 350_000)
      return {
        problem: {
          field: 'method',
          message: 'The messages of this method are described at too great length',
        },
      };
    return {
      compiled: {
        path: `${service}/${method}`,
        descriptors,
        streaming: found.methodKind === 'server_streaming',
        idempotency: idempotencyOf(found),
      },
      unknown: inputs.filter((name) => !hasField(found.input, name)),
    };
  } catch (error) {
    if (error instanceof ProtoError) return { problem: { field: error.field, message: error.message } };
    throw error;
  }
}

export interface DescribedMethod {
  service: string;
  method: string;
  /** As the documents write it, where it can be called. */
  kind: DescMethod['methodKind'];
  inputSchema: JsonObject;
  idempotency: CompiledMethod['idempotency'];
}

/** Of one server. */
const maxMethods = 2_000;

/** Every method that the documents describe. Runs in an isolate. */
export function listMethods(source: ProtoSource): { methods: JsonText } | { problem: string } {
  try {
    const methods: DescribedMethod[] = [];
    for (const type of readSource(source)) {
      if (type.kind !== 'service' || /^grpc\.(?:reflection|health)\./.test(type.typeName)) continue;
      for (const method of type.methods)
        methods.push({
          service: type.typeName,
          method: method.name,
          kind: method.methodKind,
          inputSchema: messageSchema(method.input),
          idempotency: idempotencyOf(method),
        });
    }
    return { methods: new JsonText(JSON.stringify(methods.slice(0, maxMethods))) };
  } catch (error) {
    if (error instanceof ProtoError) return { problem: error.message };
    throw error;
  }
}

export const streamingUp =
  'The method takes a stream of requests, and a tool has one input: only unary and server-streaming methods can be called';

function findMethod(
  registry: FileRegistry,
  service: string,
  method: string,
): DescMethod | { problem: ProtoProblem } {
  const found = registry.getService(service);
  if (!found) {
    const known = [...registry].flatMap((type) => (type.kind === 'service' ? [type.typeName] : []));
    return { problem: { field: 'service', message: `Unknown service "${service}" (${listed(known)})` } };
  }
  const known = found.methods.find(({ name }) => name === method);
  if (!known) {
    const names = found.methods.map(({ name }) => name);
    return { problem: { field: 'method', message: `Unknown method "${method}" (${listed(names)})` } };
  }
  return known.methodKind === 'unary' || known.methodKind === 'server_streaming'
    ? known
    : { problem: { field: 'method', message: streamingUp } };
}

const listed = (names: string[]): string =>
  names.length === 0
    ? 'the documents have none'
    : `there are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}`;

const hasField = ({ fields, typeName }: DescMessage, name: string): boolean =>
  typeName.startsWith('google.protobuf.') ||
  fields.some((field) => field.jsonName === name || field.name === name);

function idempotencyOf({ idempotency }: DescMethod): CompiledMethod['idempotency'] {
  if (idempotency === Idempotency.NO_SIDE_EFFECTS) return 'no_side_effects';
  return idempotency === Idempotency.IDEMPOTENT ? 'idempotent' : 'unknown';
}

/** The files of a registry with this method and the types that its messages reach, and nothing else. */
function reached(registry: FileRegistry, method: DescMethod): FileDescriptorProto[] {
  const wanted = new Set<string>();
  const queue: DescMessage[] = [method.input, method.output];
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (wanted.has(next.typeName)) continue;
    wanted.add(next.typeName);
    for (const { message, enum: choice } of next.fields) {
      if (message) queue.push(message);
      if (choice) wanted.add(choice.typeName);
    }
  }
  const service = method.parent;
  const files = [...registry.files].flatMap((file): FileDescriptorProto[] => {
    const {
      name,
      package: inPackage,
      syntax,
      edition,
      options,
      dependency,
      messageType,
      enumType,
    } = file.proto;
    const prefix = inPackage === '' ? '' : `${inPackage}.`;
    const messages = messageType.flatMap((each) => keptMessage(each, prefix, wanted));
    const enums = enumType.filter((each) => wanted.has(prefix + each.name));
    const services =
      file === service.file
        ? [{ name: service.name, method: service.proto.method.filter((each) => each.name === method.name) }]
        : [];
    if (messages.length + enums.length + services.length === 0) return [];
    const features = options?.features;
    return [
      create(FileDescriptorProtoSchema, {
        name,
        package: inPackage,
        syntax,
        edition,
        ...(features && { options: { features } }),
        dependency,
        messageType: messages,
        enumType: enums,
        service: services,
      }),
    ];
  });
  const kept = new Set(files.map(({ name }) => name));
  for (const file of files) file.dependency = file.dependency.filter((name) => kept.has(name));
  return files;
}

/** With what is reached in it; one that is only around others has no fields. */
function keptMessage(
  message: DescriptorProto,
  prefix: string,
  wanted: ReadonlySet<string>,
): DescriptorProto[] {
  const { name, field, oneofDecl, nestedType, enumType, options } = message;
  const inner = `${prefix}${name}.`;
  const isWanted = wanted.has(prefix + name);
  const nested = nestedType.flatMap((each) =>
    isWanted && each.options?.mapEntry ? [each] : keptMessage(each, inner, wanted),
  );
  const enums = enumType.filter((each) => wanted.has(inner + each.name));
  if (!isWanted && nested.length + enums.length === 0) return [];
  return [
    create(DescriptorProtoSchema, {
      name,
      nestedType: nested,
      enumType: enums,
      ...(options && { options }),
      ...(isWanted && { field, oneofDecl }),
    }),
  ];
}
