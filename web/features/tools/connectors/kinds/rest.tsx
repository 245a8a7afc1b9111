import { For } from 'solid-js';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';

export const RestLines = (props: { connector: ConnectorOfKind<'rest'> }) => (
  <>
    <Line label="Base URL">
      <span class="break-all font-mono text-sm">{props.connector.baseUrl}</span>
    </Line>
    <For each={Object.entries(props.connector.headers)}>
      {([name, value]) => (
        <Line label={name}>
          <span class="break-all font-mono text-sm">{value}</span>
        </Line>
      )}
    </For>
  </>
);
