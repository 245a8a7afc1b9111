import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { HeaderLines } from './header-lines.tsx';

export const McpLines = (props: { connector: ConnectorOfKind<'mcp'> }) => (
  <>
    <Line label="Endpoint">
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
    <Line label="Protocol">
      {props.connector.protocolVersion ?? 'Not known: edit the connector to fetch its tools'}
    </Line>
    <Line label="Tools of the server">{props.connector.serverTools?.length ?? 'Not fetched yet'}</Line>
  </>
);
