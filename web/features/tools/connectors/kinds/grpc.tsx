import { For } from 'solid-js';
import { usesTls } from '../../../../../shared/tools/providers/grpc/config.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';

export const GrpcLines = (props: { connector: ConnectorOfKind<'grpc'> }) => (
  <>
    <Line label="Target">
      <span class="break-all font-mono text-sm">{props.connector.target}</span>
      <span class="text-muted">, {usesTls(props.connector) ? 'TLS' : 'without TLS'}</span>
    </Line>
    <For each={Object.entries(props.connector.metadata)}>
      {([name, value]) => (
        <Line label={name}>
          <span class="break-all font-mono text-sm">{value}</span>
        </Line>
      )}
    </For>
    <Line label="Described by">
      {props.connector.descriptors
        ? 'Descriptors'
        : props.connector.proto
          ? '.proto files'
          : 'Reflection, when a tool calls it'}
    </Line>
  </>
);
