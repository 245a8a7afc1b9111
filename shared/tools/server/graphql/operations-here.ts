import type { DocumentNode, FieldDefinitionNode, TypeDefinitionNode, TypeNode } from 'graphql';
import { JsonText } from '../../../platform/json-text.ts';
import {
  inputSchemaOf,
  type NamedTypes,
  namedTypes,
  schemaOf,
  typeText,
} from '../../providers/graphql/variable-schemas.ts';
import type { OfferedOperation } from '../connector-offer.ts';
import { readSchema } from './graphql-here.ts';

type JsonSchema = Record<string, unknown>;

/** More are left out. */
const maxOperations = 2000;
/** Of one operation, so that a draft asks for what a person would read. */
const maxFields = 40;
const maxLevels = 2;
/** Fields that only lead to the objects of a list. */
const passing = new Set(['edges', 'node', 'nodes']);

/** Every query and mutation of a schema as a draft of a tool, in the order of the schema. Runs in an isolate. */
export async function operationsOf(schema: string): Promise<{ operations: JsonText } | { problem: string }> {
  const read = await readSchema(schema);
  if ('problem' in read) return read;
  const types = namedTypes(read.document);
  const roots = rootNames(read.document);
  const operations = (['query', 'mutation', 'subscription'] as const).flatMap((kind) =>
    fieldsOf(types.get(roots[kind])).map((field) => offered(kind, field, types)),
  );
  return { operations: new JsonText(JSON.stringify(operations.slice(0, maxOperations))) };
}

type OperationKind = 'query' | 'mutation' | 'subscription';

function rootNames(document: DocumentNode): Record<OperationKind, string> {
  const names = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
  for (const each of document.definitions)
    if (each.kind === 'SchemaDefinition')
      for (const { operation, type } of each.operationTypes) names[operation] = type.name.value;
  return names;
}

type FieldsNode = Extract<TypeDefinitionNode, { fields?: readonly FieldDefinitionNode[] | undefined }>;

function fieldsOf(type: unknown): readonly FieldDefinitionNode[] {
  const node = type as FieldsNode | undefined;
  return node?.kind === 'ObjectTypeDefinition' || node?.kind === 'InterfaceTypeDefinition'
    ? (node.fields ?? [])
    : [];
}

function offered(kind: OperationKind, field: FieldDefinitionNode, types: NamedTypes): OfferedOperation {
  const name = field.name.value;
  const description = (field.description?.value ?? '').slice(0, 2000);
  const title = titleOf(name);
  const base = { key: `${kind}.${name}`, title, description, method: kind };
  if (kind === 'subscription')
    return {
      ...base,
      tool: null,
      reason: 'Subscriptions are not supported: a tool calls a query or a mutation',
    };
  const variables = field.arguments ?? [];
  const declared = variables.map((each) => `$${each.name.value}: ${typeText(each.type)}`).join(', ');
  const passed = variables.map((each) => `${each.name.value}: $${each.name.value}`).join(', ');
  const operationName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const chosen = select(field.type, types, { left: maxFields }, 0, '    ');
  const document = [
    `${kind} ${operationName}${declared && `(${declared})`} {`,
    `  ${name}${passed && `(${passed})`}${chosen.selection}`,
    '}',
  ].join('\n');
  return {
    ...base,
    tool: {
      name: toolName(name),
      title,
      description,
      type: 'graphql',
      config: { document, operationName },
      inputSchema: inputSchemaOf(
        variables.map((each) => ({
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: each.name },
          type: each.type,
          defaultValue: each.defaultValue,
          description: each.description,
        })),
        types,
      ),
      outputSchema: { type: 'object', properties: { [name]: chosen.schema } },
    },
    reason: chosen.leftOut ? 'Only a part of the fields is asked for: add others to the document' : null,
  };
}

interface Selection {
  /** ` { … }` with its fields; empty for a type without. */
  selection: string;
  schema: JsonSchema;
  leftOut: boolean;
}

/** The fields without arguments that must be given: two levels of objects, and what lists wrap them in. */
function select(
  type: TypeNode,
  types: NamedTypes,
  budget: { left: number },
  level: number,
  indent: string,
): Selection {
  if (type.kind === 'NonNullType') {
    const inner = select(type.type, types, budget, level, indent);
    return { ...inner, schema: withoutNull(inner.schema) };
  }
  if (type.kind === 'ListType') {
    const inner = select(type.type, types, budget, level, indent);
    return { ...inner, schema: { type: ['array', 'null'], items: inner.schema } };
  }
  const known = types.get(type.name.value);
  if (!hasFields(type, types))
    return { selection: '', schema: nullable(outputOf(type, types)), leftOut: false };
  const lines: string[] = [];
  const properties: Record<string, JsonSchema> = {};
  let leftOut = false;
  for (const field of fieldsOf(known)) {
    const name = field.name.value;
    const needsArguments = field.arguments?.some(
      (each) => each.type.kind === 'NonNullType' && each.defaultValue === undefined,
    );
    const next = passing.has(name) ? level : level + 1;
    if (needsArguments || budget.left <= 0 || (hasFields(field.type, types) && next >= maxLevels)) {
      leftOut = true;
      continue;
    }
    budget.left -= 1;
    const inner = select(field.type, types, budget, next, `${indent}  `);
    lines.push(`${indent}${name}${inner.selection}`);
    properties[name] = inner.schema;
    leftOut ||= inner.leftOut;
  }
  if (lines.length === 0) {
    lines.push(`${indent}__typename`);
    properties.__typename = { type: 'string' };
  }
  return {
    selection: ` {\n${lines.join('\n')}\n${indent.slice(2)}}`,
    schema: { type: ['object', 'null'], properties },
    leftOut,
  };
}

function hasFields(type: TypeNode, types: NamedTypes): boolean {
  if (type.kind !== 'NamedType') return hasFields(type.type, types);
  const kind = types.get(type.name.value)?.kind;
  return (
    kind === 'ObjectTypeDefinition' || kind === 'InterfaceTypeDefinition' || kind === 'UnionTypeDefinition'
  );
}

/** What a response holds: an ID is a text, and a scalar of the schema's own may be anything. */
const outputOf = (type: TypeNode, types: NamedTypes): JsonSchema => {
  const { type: name } = schemaOf(type, types);
  return name === undefined ? {} : { type: name };
};

const nullable = ({ type, ...rest }: JsonSchema): JsonSchema =>
  type === undefined ? rest : { ...rest, type: [type, 'null'] };

function withoutNull({ type, ...rest }: JsonSchema): JsonSchema {
  const types = [type].flat().filter((each) => each !== 'null' && each !== undefined);
  return types.length === 0 ? rest : { ...rest, type: types.length === 1 ? types[0] : types };
}

/** `orderStatus` → "Order status". */
function titleOf(name: string): string {
  const words = wordsOf(name).join(' ');
  return words === '' ? name : `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 120);
}

/** `orderStatus` → `order_status`. */
function toolName(name: string): string {
  const snake = wordsOf(name).join('_').slice(0, 60);
  return /^[a-z][a-z0-9_]+$/.test(snake) ? snake : `call_${snake}`.slice(0, 60);
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
