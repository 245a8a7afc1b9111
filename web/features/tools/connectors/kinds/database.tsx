import { databaseEngines } from '../../../../../shared/tools/database/engines.ts';
import { tlsWords } from '../../parts/database-words.ts';
import { Line } from '../../parts/lines.tsx';
import type { ConnectorOfKind } from './registry.tsx';

export const DatabaseLines = (props: { connector: ConnectorOfKind<'database'> }) => (
  <>
    <Line label="Database">{databaseEngines[props.connector.engine].label}</Line>
    <Line label="URL">
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <Line label="Encryption">{tlsWords(props.connector)}</Line>
  </>
);
