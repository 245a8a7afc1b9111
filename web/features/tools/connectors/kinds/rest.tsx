import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { HeaderLines } from './header-lines.tsx';

export const RestLines = (props: { connector: ConnectorOfKind<'rest'> }) => (
  <>
    <Line label={t('Base URL')}>
      <span class="break-all font-mono text-sm">{props.connector.baseUrl}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
  </>
);
