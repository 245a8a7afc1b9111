import type { GraphQLFieldResolver } from 'graphql';
import type { GraphqlContext } from './graphql-context.ts';

// biome-ignore lint/suspicious/noExplicitAny: the schema says what arguments are, and a resolver names those it takes
type Resolver<Source> = GraphQLFieldResolver<Source, GraphqlContext, any>;

/** A part of the schema: its types in GraphQL's own language, and what reads the fields that their objects do not have. */
export interface SchemaPart {
  sdl: string;
  // biome-ignore lint/suspicious/noExplicitAny: each resolver names what it is given
  resolvers: Record<string, Record<string, Resolver<any>>>;
  /** Of fields of `Subscription`: what is followed. The resolver of the field gets each value. */
  streams?: Record<string, Resolver<unknown>>;
}

/** A GraphQL enum with the words of the API. */
export const enumOf = (name: string, values: readonly string[]): string =>
  `enum ${name} { ${values.join(' ')} }\n`;

/** The longest page of a list. */
export const longestPage = 100;

/** Arguments of every list. */
export const pageArguments = (first: number): string => `first: Int = ${first}, after: String`;

/** A page of a list, as clients of GraphQL know it. */
export const connectionOf = (type: string): string => `type ${type}Connection {
  nodes: [${type}!]!
  pageInfo: PageInfo!
}
`;
