import { databaseEngines } from '../../../../../shared/tools/database/engines.ts';
import { t } from '../../../../words/words.ts';
import type { Connector } from '../../parts/connector-words.ts';
import { tlsWords } from '../../parts/database-words.ts';
import { Line } from '../../parts/lines.tsx';

export const DatabaseLines = (props: { connector: Extract<Connector, { kind: 'database' }> }) => (
  <>
    <Line label={t('Database')}>{databaseEngines[props.connector.engine].label}</Line>
    <Line label={t('URL')}>
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <Line label={t('Encryption')}>{tlsWords(props.connector)}</Line>
  </>
);
