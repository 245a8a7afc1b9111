import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ConnectorKind } from '../../../../../shared/tools/connectors/registry.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { DatabaseLines } from './database.tsx';
import { GraphqlLines } from './graphql.tsx';
import { GrpcLines } from './grpc.tsx';
import { McpLines } from './mcp.tsx';
import { RestLines } from './rest.tsx';
import { SmtpLines } from './smtp.tsx';
import { SoapLines } from './soap.tsx';

type Lines<K extends ConnectorKind> = (props: { connector: ConnectorOfKind<K> }) => JSX.Element;

/** What the tools of a connector share, besides auth and limits, on its detail page. */
const lines: { [K in ConnectorKind]: Lines<K> } = {
  rest: RestLines,
  smtp: SmtpLines,
  graphql: GraphqlLines,
  mcp: McpLines,
  grpc: GrpcLines,
  soap: SoapLines,
  database: DatabaseLines,
};

/** Nothing for a kind that only a newer server knows. */
export function ConnectorKindLines<K extends ConnectorKind>(props: { connector: ConnectorOfKind<K> }) {
  const known = (): Lines<K> | undefined => lines[props.connector.kind as K];
  return <Dynamic component={known() ?? (() => null)} connector={props.connector} />;
}
