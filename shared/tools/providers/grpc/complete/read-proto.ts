import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type DescriptorProtoSchema,
  type FieldDescriptorProto,
  type FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel as Idempotency,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as ScalarType,
  type ServiceDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import protobuf from 'protobufjs';
import { ProtoError } from './proto-error.ts';

type Message = MessageInitShape<typeof DescriptorProtoSchema>;
type Field = Exclude<MessageInitShape<typeof FieldDescriptorProtoSchema>, FieldDescriptorProto>;
type Service = MessageInitShape<typeof ServiceDescriptorProtoSchema>;

interface Part {
  name: string;
  syntax: string;
  package: string;
}

const builtInFile = 'google/protobuf';
const builtIn = ['any', 'duration', 'empty', 'field_mask', 'struct', 'timestamp', 'wrappers'].map(
  (name) => `google/protobuf/${name}.proto`,
);

/**
 * The files of a text: each begins with its `syntax`. An import is found by the types of the other files; one that is
 * missing may only have had options.
 * @throws ProtoError
 */
export function readProto(text: string): FileDescriptorProto[] {
  const root = new protobuf.Root();
  for (const name of builtIn) {
    const known = protobuf.common.get(name);
    if (known?.nested) root.addJSON(known.nested);
  }
  claim(root, builtInFile);
  const parts = text
    .split(/^(?=[ \t]*(?:syntax|edition)[ \t]*=)/m)
    .filter((each) => each.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim() !== '')
    .map((each, index) => readPart(root, each, `file-${index + 1}.proto`));
  try {
    root.resolveAll();
  } catch (error) {
    throw new ProtoError('proto', `The .proto text is incomplete: ${wordsOf(error)}`);
  }
  return parts.map((part) => fileOf(root, part));
}

function readPart(root: protobuf.Root, text: string, name: string): Part {
  if (/^\s*edition\s*=/m.test(text))
    throw new ProtoError(
      'proto',
      'The .proto text uses editions, which are read from descriptors only: use protoc --include_imports --descriptor_set_out',
    );
  try {
    const parsed = protobuf.parse(text, root, { keepCase: true });
    claim(root, name);
    const syntax = /^\s*syntax\s*=\s*["'](proto[23])["']/m.exec(text)?.[1] ?? 'proto2';
    return { name, syntax, package: parsed.package ?? '' };
  } catch (error) {
    throw new ProtoError('proto', `The .proto text cannot be read: ${wordsOf(error)}`);
  }
}

/** Marks what has no file yet as part of this one. */
function claim(scope: protobuf.NamespaceBase, file: string): void {
  for (const each of scope.nestedArray) {
    each.filename ??= file;
    if (each instanceof protobuf.Namespace && !(each instanceof protobuf.Service)) claim(each, file);
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof RangeError
    ? 'it is nested too deeply'
    : String((error as Error).message)
        .replace(/^illegal/, 'unexpected')
        .slice(0, 200);

function fileOf(root: protobuf.Root, { name, syntax, package: inPackage }: Part): FileDescriptorProto {
  const imports = new Set<string>();
  const refer = (type: protobuf.ReflectionObject | null | undefined): string => {
    if (!type) throw new ProtoError('proto', 'The .proto text names a type that it does not have');
    const fullName = type.fullName.slice(1);
    const file = type.filename === builtInFile ? importOf(fullName) : (type.filename ?? name);
    if (file !== name) imports.add(file);
    return `.${fullName}`;
  };
  const scope = inPackage === '' ? root : root.lookup(inPackage);
  const own = (scope instanceof protobuf.Namespace ? scope.nestedArray : []).filter(
    (each) => each.filename === name,
  );
  const messageType = own.filter(isType).map((each) => messageOf(each, refer));
  const enumType = own.filter(isEnum).map(enumOf);
  const service = own.filter(isService).map((each) => serviceOf(each, refer));
  return create(FileDescriptorProtoSchema, {
    name,
    package: inPackage,
    syntax,
    messageType,
    enumType,
    service,
    dependency: [...imports],
  });
}

/** The file of a type that protobuf itself has. */
function importOf(fullName: string): string {
  const name = fullName.split('.')[2] ?? '';
  if (/^(?:Struct|Value|ListValue|NullValue)$/.test(name)) return 'google/protobuf/struct.proto';
  if (/Value$/.test(name)) return 'google/protobuf/wrappers.proto';
  return `google/protobuf/${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}.proto`;
}

type Refer = (type: protobuf.ReflectionObject | null | undefined) => string;

const isType = (each: protobuf.ReflectionObject) => each instanceof protobuf.Type;
const isEnum = (each: protobuf.ReflectionObject) => each instanceof protobuf.Enum;
const isService = (each: protobuf.ReflectionObject) => each instanceof protobuf.Service;

function messageOf(type: protobuf.Type, refer: Refer): Message {
  if (Reflect.get(type, 'group') === true)
    throw new ProtoError('proto', `${type.fullName.slice(1)} is a group, which is not supported`);
  // The field of a proto3 optional is in a oneof of its own, which comes after the others.
  const oneofs = [...type.oneofsArray].sort(
    (one, other) => Number(isSynthetic(one)) - Number(isSynthetic(other)),
  );
  const entries: Message[] = [];
  const field = type.fieldsArray.map((each): Field => {
    const oneof = each.partOf ? { oneofIndex: oneofs.indexOf(each.partOf) } : {};
    const proto3Optional = each.partOf !== null && isSynthetic(each.partOf);
    if (!(each instanceof protobuf.MapField)) {
      const label = each.repeated ? Label.REPEATED : each.required ? Label.REQUIRED : Label.OPTIONAL;
      return {
        ...named(each),
        ...typeOf(each.type, each.resolvedType, refer),
        label,
        ...oneof,
        proto3Optional,
      };
    }
    const entry = `${each.name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Entry`;
    entries.push({
      name: entry,
      options: { mapEntry: true },
      field: [
        {
          name: 'key',
          number: 1,
          label: Label.OPTIONAL,
          jsonName: 'key',
          ...typeOf(each.keyType, null, refer),
        },
        {
          name: 'value',
          number: 2,
          label: Label.OPTIONAL,
          jsonName: 'value',
          ...typeOf(each.type, each.resolvedType, refer),
        },
      ],
    });
    return {
      ...named(each),
      type: ScalarType.MESSAGE,
      typeName: `${type.fullName}.${entry}`,
      label: Label.REPEATED,
    };
  });
  return {
    name: type.name,
    field,
    oneofDecl: oneofs.map(({ name }) => ({ name })),
    nestedType: [...type.nestedArray.filter(isType).map((each) => messageOf(each, refer)), ...entries],
    enumType: type.nestedArray.filter(isEnum).map(enumOf),
  };
}

const isSynthetic = ({ name, fieldsArray }: protobuf.OneOf): boolean =>
  fieldsArray.length === 1 && fieldsArray[0]?.options?.proto3_optional === true && name.startsWith('_');

function named({ name, id, options }: protobuf.Field): Field {
  const jsonName: unknown = options?.json_name;
  const packed: unknown = options?.packed;
  return {
    name,
    number: id,
    jsonName:
      typeof jsonName === 'string'
        ? jsonName
        : name.replace(/_+([a-zA-Z0-9])?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? ''),
    ...(typeof packed === 'boolean' && { options: { packed } }),
  };
}

function typeOf(type: string, resolved: protobuf.ReflectionObject | null, refer: Refer): Field {
  if (resolved instanceof protobuf.Enum) return { type: ScalarType.ENUM, typeName: refer(resolved) };
  if (resolved) return { type: ScalarType.MESSAGE, typeName: refer(resolved) };
  const scalar = ScalarType[type.toUpperCase() as keyof typeof ScalarType];
  if (scalar === undefined)
    throw new ProtoError('proto', `The .proto text has no type ${type.slice(0, 100)}`);
  return { type: scalar };
}

const enumOf = ({ name, values, options }: protobuf.Enum) => ({
  name,
  value: Object.entries(values).map(([each, number]) => ({ name: each, number })),
  ...(options?.allow_alias === true && { options: { allowAlias: true } }),
});

function serviceOf({ name, methodsArray }: protobuf.Service, refer: Refer): Service {
  return {
    name,
    method: methodsArray.map((each) => {
      const level = Idempotency[each.options?.idempotency_level as keyof typeof Idempotency];
      return {
        name: each.name,
        inputType: refer(each.resolvedRequestType),
        outputType: refer(each.resolvedResponseType),
        clientStreaming: each.requestStream === true,
        serverStreaming: each.responseStream === true,
        ...(level !== undefined && { options: { idempotencyLevel: level } }),
      };
    }),
  };
}
