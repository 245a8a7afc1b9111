import { roles } from '../../../shared/identity/roles.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { enumOf, type SchemaPart } from '../part.ts';

/** What every other part uses. */
export const commonPart: SchemaPart = {
  sdl: `
"The permission that the type or the field needs."
directive @needs(permission: String!) on OBJECT | FIELD_DEFINITION
"What the field adds to the cost of a query, where that is more than nothing."
directive @cost(each: Int!) on FIELD_DEFINITION
"How many items a list without \`first\` counts as."
directive @list(size: Int!) on FIELD_DEFINITION

"ISO 8601 in UTC."
scalar DateTime
"Any JSON value. Numbers keep their digits."
scalar JSON

${enumOf('Role', roles)}
enum ActorType { user api_key system }

"Who did something."
type Actor { type: ActorType! id: ID! name: String! }

"A person as lists show them."
type Person { id: ID! name: String! }

type Failure { code: String! message: String! retryable: Boolean }

"A problem at a place: a JSON Pointer."
type Issue { path: String! message: String! keyword: String! }

type PageInfo {
  hasNextPage: Boolean!
  "The \`after\` of the next page; null on the last one."
  endCursor: String
}

"Who asks, and for which organization."
type Viewer { actor: Actor! roles: [Role!]! tenant: Tenant! }

type Tenant { id: ID! slug: String! name: String! }

type Query { viewer: Viewer! }

type Subscription
`,
  resolvers: {
    Query: {
      viewer: (
        _source,
        _args,
        { identity: { actor, roles, tenantId, tenantSlug, tenantName } }: GraphqlContext,
      ) => ({
        actor,
        roles,
        tenant: { id: tenantId, slug: tenantSlug, name: tenantName },
      }),
    },
  },
};
