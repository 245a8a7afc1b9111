import type { ConfigCompleter } from '../../server/config-completer.ts';
import { readGraphqlDocument } from '../../server/graphql/read-graphql.ts';
import type { GraphqlTool } from './config.ts';

/** Checks the document against the schema of the connector, and stores of which kind its operation is. */
export const completeGraphql: ConfigCompleter<GraphqlTool> = async (
  { config: { document, operationName }, inputSchema },
  tenantId,
  connector,
) => {
  const schema = connector?.kind === 'graphql' ? connector.schema : undefined;
  const { issues, operation } = await readGraphqlDocument(
    { document, operationName, inputSchema, schema },
    tenantId,
  );
  return { issues, ...(operation && { config: { operation } }) };
};
