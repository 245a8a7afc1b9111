import { gunzipSync } from 'node:zlib';
import { create, createFileRegistry, type FileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
} from '@bufbuild/protobuf/wkt';
import { ProtoError, type ProtoSource } from './proto-error.ts';
import { readProto } from './read-proto.ts';

/** Of a set of descriptors, decompressed. */
const maxBytes = 8_000_000;

/** The files that protobuf itself has; documents import them without bringing them. */
const wellKnown = new Map(
  [
    file_google_protobuf_any,
    file_google_protobuf_api,
    file_google_protobuf_descriptor,
    file_google_protobuf_duration,
    file_google_protobuf_empty,
    file_google_protobuf_field_mask,
    file_google_protobuf_source_context,
    file_google_protobuf_struct,
    file_google_protobuf_timestamp,
    file_google_protobuf_type,
    file_google_protobuf_wrappers,
  ].map(({ proto }) => [proto.name, proto]),
);

/** Everything that the documents describe. Runs in an isolate. @throws ProtoError */
export function readSource({ descriptors, proto }: ProtoSource): FileRegistry {
  if (descriptors !== undefined) return registryOf(readDescriptors(descriptors), 'descriptors');
  return registryOf(proto === undefined ? [] : readProto(proto), 'proto');
}

function readDescriptors(text: string): FileDescriptorProto[] {
  try {
    const bytes = Buffer.from(text, 'base64');
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes;
    return fromBinary(FileDescriptorSetSchema, plain).file;
  } catch {
    throw new ProtoError(
      'descriptors',
      'The descriptors are not a FileDescriptorSet in base64, or are larger than 8 MB',
    );
  }
}

/** Files in an order in which each follows those that it imports. */
function registryOf(files: readonly FileDescriptorProto[], field: keyof ProtoSource): FileRegistry {
  const given = new Map(files.map((file) => [file.name, file]));
  const sorted: FileDescriptorProto[] = [];
  const seen = new Set<string>();
  const visit = (name: string): boolean => {
    if (seen.has(name)) return true;
    seen.add(name);
    const file = wellKnown.get(name) ?? given.get(name);
    if (!file) return false;
    // A file that was not given may only have had options.
    const dependency = file.dependency.filter(visit);
    sorted.push(
      dependency.length === file.dependency.length
        ? file
        : create(FileDescriptorProtoSchema, {
            ...file,
            dependency,
            publicDependency: [],
            weakDependency: [],
          }),
    );
    return true;
  };
  try {
    for (const { name } of files) visit(name);
    return createFileRegistry(create(FileDescriptorSetSchema, { file: sorted }));
  } catch (error) {
    throw new ProtoError(field, `The documents do not fit together: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof RangeError
    ? 'they are nested too deeply'
    : String((error as Error).message).slice(0, 200);
}

/** Files as `descriptors` holds them. */
export function writeDescriptors(file: FileDescriptorProto[]): string {
  return Buffer.from(toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }))).toString(
    'base64',
  );
}
