import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import {
  can,
  type Identity,
  type Permission,
  peopleWith,
  permissionRole,
} from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { measure } from './measure.ts';

/** What one operation may ask for. */
export interface GraphqlLimits {
  tokens: number;
  depth: number;
  aliases: number;
  cost: number;
}

export interface Asked {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export type Admitted = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> & {
  operation: 'query' | 'subscription';
  needs: readonly Permission[];
};

/**
 * Everything that is decided before anything is read: whether it is a query, how large it is, and whether the caller may
 * read what it names.
 * @returns what is wrong, or what can be executed
 */
export function admit(
  schema: GraphQLSchema,
  limits: GraphqlLimits,
  identity: Identity,
  { query, operationName, variables }: Asked,
): Admitted | readonly GraphQLError[] {
  const document = read(query, limits);
  if (document instanceof GraphQLError) return [document];
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return [
      refused(
        operationName
          ? `The document has no operation ${JSON.stringify(operationName)}.`
          : 'Name the operation of a document that has several: operationName.',
      ),
    ];
  if (operation.operation === 'mutation') return [refused('Nothing can be changed here: use the REST API.')];
  const { needs, ...size } = measure(schema, document, operation, variables ?? {});
  for (const [what, limit] of sizes) {
    if (size[what] <= limits[what]) continue;
    return [refused(limit(size[what], limits[what]), { [what]: size[what], limit: limits[what] })];
  }
  const problems = validate(schema, document, undefined, { maxErrors: 20 });
  if (problems.length > 0) return problems;
  const missing = [...needs].filter(([permission]) => !can(identity, permission));
  if (missing.length > 0) return missing.map(forbidden);
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? {},
    operation: operation.operation,
    needs: [...needs.keys()],
  };
}

const sizes = [
  ['depth', (is, may) => `This query has ${is} levels of fields. At most ${may} are allowed.`],
  ['aliases', (is, may) => `This query has ${is} aliases. At most ${may} are allowed.`],
  [
    'cost',
    (is, may) =>
      `This query may read ${is} objects. At most ${may} are allowed. Ask for fewer items of the lists inside lists (first).`,
  ],
] as const satisfies [keyof GraphqlLimits, (is: number, may: number) => string][];

function read(query: string, { tokens }: GraphqlLimits): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxLexicalTokens: tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (!/more than \d+ tokens/.test(error.message)) return error;
    return refused(`This document has more than ${tokens} tokens, which is as many as are allowed.`, {
      limit: tokens,
    });
  }
}

const refused = (message: string, details?: Record<string, number>): GraphQLError =>
  asGraphql(new InterlockError('bad_request', `${message} Nothing was read.`, { details }));

const forbidden = ([permission, field]: [Permission, string]): GraphQLError =>
  asGraphql(
    new InterlockError(
      'forbidden',
      `Only ${peopleWith(permissionRole[permission])} can read ${field} (role ${permissionRole[permission]}). Nothing was read.`,
      { details: { field, permission } },
    ),
  );

const asGraphql = (error: InterlockError): GraphQLError => new GraphQLError(error.message, { cause: error });
