import { databaseEngines } from '../../../../../shared/tools/database/engines.ts';
import type { Connector } from '../../parts/connector-words.ts';
import { tlsWords } from '../../parts/database-words.ts';
import { Line } from '../../parts/lines.tsx';

export const DatabaseLines = (props: { connector: Extract<Connector, { kind: 'database' }> }) => (
  <>
    <Line label="Database">{databaseEngines[props.connector.engine].label}</Line>
    <Line label="URL">
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <Line label="Encryption">{tlsWords(props.connector)}</Line>
  </>
);
