import type {
  DefinitionNode,
  DocumentNode,
  OperationDefinitionNode,
  TypeNode,
  VariableDefinitionNode,
} from 'graphql';

type JsonSchema = Record<string, unknown>;
/** The types of a schema by name; none where there is no schema. */
export type NamedTypes = ReadonlyMap<string, DefinitionNode>;

/** Input objects may contain each other without end. */
const maxDepth = 5;

const int = { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 };
const scalars: Record<string, JsonSchema> = {
  Int: int,
  Float: { type: 'number' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  ID: { type: 'string' },
};

export function namedTypes(schema: DocumentNode): NamedTypes {
  return new Map(
    schema.definitions.flatMap((each) => ('name' in each && each.name ? [[each.name.value, each]] : [])),
  );
}

/** The operation of a document that is called: the one that is named, or the only one. */
export function operationOf(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === 'OperationDefinition');
  return name === undefined && operations.length === 1
    ? operations[0]
    : operations.find((each) => each.name?.value === name);
}

/** The schema of an input whose properties are the variables. */
export function inputSchemaOf(variables: readonly VariableDefinitionNode[], types: NamedTypes): JsonSchema {
  return objectOf(
    variables.map(({ variable, type, defaultValue, description }) => ({
      name: variable.name.value,
      type,
      isOptional: defaultValue !== undefined,
      description: description?.value,
    })),
    types,
    0,
  );
}

interface InputField {
  name: string;
  type: TypeNode;
  isOptional: boolean;
  description?: string | undefined;
}

function objectOf(fields: readonly InputField[], types: NamedTypes, depth: number): JsonSchema {
  const properties = fields.map(({ name, type, description }) => [
    name,
    { ...schemaOf(type, types, depth), ...(description && { description: description.slice(0, 1000) }) },
  ]);
  const required = fields.filter(({ type, isOptional }) => type.kind === 'NonNullType' && !isOptional);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
    additionalProperties: false,
  };
}

/** The schema of a value of an input type that is not null; a type that is not known takes anything. */
export function schemaOf(type: TypeNode, types: NamedTypes, depth = 0): JsonSchema {
  if (type.kind === 'NonNullType') return schemaOf(type.type, types, depth);
  if (type.kind === 'ListType') return { type: 'array', items: schemaOf(type.type, types, depth) };
  const name = type.name.value;
  const known = types.get(name);
  if (known?.kind === 'EnumTypeDefinition')
    return { type: 'string', enum: known.values?.map((value) => value.name.value) ?? [] };
  if (known?.kind !== 'InputObjectTypeDefinition') return scalars[name] ?? {};
  if (depth >= maxDepth) return { type: 'object' };
  const fields = (known.fields ?? []).map((field) => ({
    name: field.name.value,
    type: field.type,
    isOptional: field.defaultValue !== undefined,
    description: field.description?.value,
  }));
  return objectOf(fields, types, depth + 1);
}

/** As GraphQL writes it: `[ID!]!`. */
export function typeText(type: TypeNode): string {
  if (type.kind === 'NonNullType') return `${typeText(type.type)}!`;
  return type.kind === 'ListType' ? `[${typeText(type.type)}]` : type.name.value;
}
