import { HeaderLines } from './header-lines.tsx';
import { Line } from '../../parts/lines.tsx';
import type { ConnectorOfKind } from './registry.tsx';

export const RestLines = (props: { connector: ConnectorOfKind<'rest'> }) => (
  <>
    <Line label="Base URL">
      <span class="break-all font-mono text-sm">{props.connector.baseUrl}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
  </>
);
