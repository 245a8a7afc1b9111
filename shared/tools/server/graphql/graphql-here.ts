import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, TypeNode } from 'graphql';
import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import {
  type NamedTypes,
  namedTypes,
  operationOf,
  schemaOf,
  typeText,
} from '../../providers/graphql/variable-schemas.ts';

// What runs in isolates. The library is loaded there by the first who needs it: it is large, and few tenants do.
const library = () => import('graphql');

/** Of a document; a schema has more. */
const maxTokens = 20_000;
const maxSchemaTokens = 500_000;
const maxDepth = 40;
const maxIssues = 20;

/** A document as a tool calls it. */
export interface WrittenDocument {
  document: string;
  operationName?: string | undefined;
  inputSchema: Record<string, unknown>;
  /** SDL, or the result of an introspection query. */
  schema?: string | undefined;
}

export type ReadDocument = { issues: Issue[]; operation?: 'query' | 'mutation' };

/** Every problem of a document, and of the inputs that become its variables. */
export async function readDocument(written: WrittenDocument): Promise<ReadDocument> {
  const { parse, validate, specifiedRules } = await library();
  let document: DocumentNode;
  try {
    document = parse(written.document, { maxTokens });
  } catch (error) {
    return { issues: [documentIssue(problemOf(error))] };
  }
  if (isDeeper(document))
    return { issues: [documentIssue(`The document is nested more than ${maxDepth} deep`)] };
  const operation = operationOf(document, written.operationName);
  if (!operation) return { issues: [missingOperation(document, written.operationName)] };
  if (operation.operation === 'subscription')
    return { issues: [documentIssue('Subscriptions cannot be called: use a query or a mutation')] };
  let types: NamedTypes = new Map();
  const issues: Issue[] = [];
  if (written.schema !== undefined) {
    const read = await readSchema(written.schema);
    if ('problem' in read)
      return { issues: [documentIssue(`The schema of the connector cannot be read. ${read.problem}`)] };
    types = namedTypes(read.document);
    const found = validate(read.schema, document, specifiedRules, {
      maxErrors: maxIssues,
      hideSuggestions: false,
    });
    issues.push(...found.map((error) => documentIssue(located(error))));
  }
  issues.push(...inputIssues(operation, written.inputSchema, types));
  return { issues, operation: operation.operation };
}

/** A schema, and the SDL of it. */
export async function readSchema(
  text: string,
): Promise<{ schema: GraphQLSchema; document: DocumentNode; sdl: string } | { problem: string }> {
  const { buildASTSchema, buildClientSchema, parse, printSchema } = await library();
  try {
    const isIntrospection = /^\s*\{\s*"/.test(text);
    const sdl = isIntrospection ? printSchema(buildClientSchema(introspectionOf(JSON.parse(text)))) : text;
    const document = parse(sdl, { noLocation: isIntrospection, maxTokens: maxSchemaTokens });
    return { schema: buildASTSchema(document), document, sdl };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** The problem of a schema; null: it can be read. */
export async function schemaProblem(text: string): Promise<string | null> {
  const read = await readSchema(text);
  return 'problem' in read ? read.problem : null;
}

/** The response to an introspection query as SDL. */
export async function sdlOfResponse(body: Buffer): Promise<{ sdl: string } | { problem: string }> {
  const read = await readSchema(body.toString('utf8'));
  return 'problem' in read ? read : { sdl: read.sdl };
}

export async function introspectionQuery(): Promise<string> {
  const { getIntrospectionQuery } = await library();
  return getIntrospectionQuery();
}

type Introspection = Parameters<Awaited<ReturnType<typeof library>>['buildClientSchema']>[0];

function introspectionOf(read: unknown): Introspection {
  const data = isObject(read) && isObject(read.data) ? read.data : read;
  if (isObject(data) && isObject(data.__schema)) return data as unknown as Introspection;
  const [first] = isObject(read) && Array.isArray(read.errors) ? read.errors : [];
  const said = isObject(first) && typeof first.message === 'string' ? `: ${first.message.slice(0, 300)}` : '';
  throw new Error(`It is not the result of an introspection query${said}`);
}

const documentIssue = (message: string): Issue => ({ path: '/config/document', message, keyword: 'graphql' });

const isGraphqlError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === 'GraphQLError';

function problemOf(error: unknown): string {
  if (isGraphqlError(error)) return located(error);
  if (error instanceof RangeError) return 'It is nested too deeply';
  if (error instanceof SyntaxError) return 'It is neither SDL nor JSON';
  return error instanceof Error ? error.message.slice(0, 500) : 'It cannot be read';
}

function located({ message, locations }: GraphQLError): string {
  const [at] = locations ?? [];
  return `${at ? `Line ${at.line}, column ${at.column}: ` : ''}${message.slice(0, 500)}`;
}

function missingOperation(document: DocumentNode, name: string | undefined): Issue {
  const names = document.definitions.flatMap((each) =>
    each.kind === 'OperationDefinition' ? [each.name?.value ?? '(unnamed)'] : [],
  );
  if (names.length === 0) return documentIssue('The document has no query or mutation');
  const message =
    name === undefined
      ? `Name the operation to call: ${names.slice(0, 20).join(', ')}`
      : `The document has no operation "${name}" (it has ${names.slice(0, 20).join(', ')})`;
  return { path: '/config/operationName', message, keyword: 'graphql' };
}

/** Without recursion: a hostile document must not exhaust the stack here. */
function isDeeper(document: DocumentNode): boolean {
  const open: [node: unknown, depth: number][] = document.definitions.map((each) => [each, 0]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > maxDepth) return true;
    if (!isObject(node)) continue;
    const { selectionSet } = node;
    if (isObject(selectionSet) && Array.isArray(selectionSet.selections))
      for (const each of selectionSet.selections) open.push([each, depth + 1]);
  }
  return false;
}

/** Inputs become variables by their names. */
function inputIssues(
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputSchema: Record<string, unknown>,
  types: NamedTypes,
): Issue[] {
  const properties = isObject(inputSchema.properties) ? inputSchema.properties : {};
  const required = Array.isArray(inputSchema.required) ? inputSchema.required : [];
  const names = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  const issue = (path: string, message: string): Issue => ({ path, message, keyword: 'graphql' });
  const unused = Object.keys(properties)
    .filter((name) => !names.has(name))
    .map((name) => issue(pointer('/inputSchema/properties', name), `The operation has no variable $${name}`));
  const wrong = variableDefinitions.flatMap(({ variable, type, defaultValue }) => {
    const name = variable.name.value;
    const text = `$${name}: ${typeText(type)}`;
    const isRequired = type.kind === 'NonNullType' && defaultValue === undefined;
    if (!Object.hasOwn(properties, name))
      return isRequired ? [issue('/inputSchema', `Add the input ${name}: the operation needs ${text}`)] : [];
    const path = pointer('/inputSchema/properties', name);
    if (isRequired && !required.includes(name))
      return [issue(path, `The input ${name} must be required: the operation needs ${text}`)];
    const problem = mismatch(properties[name], type, types);
    return problem === null ? [] : [issue(path, `${problem}: the variable is ${text}`)];
  });
  return [...unused, ...wrong];
}

/** Why no input with this schema fits the variable, as far as their types say; null: one may. */
function mismatch(written: unknown, type: TypeNode, types: NamedTypes): string | null {
  if (type.kind === 'NonNullType') return mismatch(written, type.type, types);
  if (!isObject(written) || written.type === undefined) return null;
  const wanted = type.kind === 'NamedType' && type.name.value === 'ID' ? 'id' : schemaOf(type, types).type;
  const fitting = fits[String(wanted)];
  const wrong = [written.type]
    .flat()
    .filter((each) => each !== 'null' && fitting?.includes(String(each)) === false);
  if (wrong.length > 0) return `An input of type ${wrong.join(', ')} does not fit`;
  return type.kind === 'ListType' ? mismatch(written.items, type.type, types) : null;
}

const fits: Record<string, readonly string[]> = {
  id: ['string', 'integer'],
  integer: ['integer'],
  number: ['number', 'integer'],
  string: ['string'],
  boolean: ['boolean'],
  array: ['array'],
  object: ['object'],
};
