import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { HeaderLines } from './header-lines.tsx';

export const McpLines = (props: { connector: ConnectorOfKind<'mcp'> }) => (
  <>
    <Line label={t('Endpoint')}>
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
    <Line label={t('Protocol')}>
      {props.connector.protocolVersion ?? t('Not known: edit the connector to fetch its tools')}
    </Line>
    <Line label={t('Tools of the server')}>
      {props.connector.serverTools?.length ?? t('Not fetched yet')}
    </Line>
  </>
);
