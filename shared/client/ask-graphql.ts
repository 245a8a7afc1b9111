import { errorOf } from './api-error.ts';
import { type Connection, callApi } from './call-api.ts';

export interface GraphqlOptions {
  /** Of a document that has several. */
  operationName?: string;
  signal?: AbortSignal;
}

/**
 * Asks one GraphQL query. It changes nothing, so it is retried as other reads are.
 * @returns the data
 * @throws InterlockApiError also when only some fields have an error
 */
export async function askGraphql<Data>(
  connection: Connection,
  query: string,
  variables?: Record<string, unknown>,
  { operationName, signal }: GraphqlOptions = {},
): Promise<Data> {
  const body = { query, variables, operationName };
  const result = await callApi(connection, {
    method: 'POST',
    path: '/api/graphql',
    body,
    idempotent: true,
    signal,
  });
  const { data, errors } = result as { data?: Data; errors?: unknown };
  if (errors !== undefined || data === undefined) throw errorOf(new Response(null), result);
  return data;
}
