import type { ApiResponse, Call } from './test-api.ts';

/** Asks the GraphQL door by someone's caller. */
export const asking =
  (as: Call) =>
  (
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<ApiResponse> =>
    as('POST', '/graphql', { query, variables }, headers);
