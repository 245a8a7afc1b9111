import { For } from 'solid-js';
import { usesTls } from '../../../../../shared/tools/providers/grpc/config.ts';
import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';

export const GrpcLines = (props: { connector: ConnectorOfKind<'grpc'> }) => (
  <>
    <Line label={t('Target')}>
      <span class="break-all font-mono text-sm">{props.connector.target}</span>
      <span class="text-muted">{usesTls(props.connector) ? t(', TLS') : t(', without TLS')}</span>
    </Line>
    <For each={Object.entries(props.connector.metadata)}>
      {([name, value]) => (
        <Line label={name}>
          <span class="break-all font-mono text-sm">{value}</span>
        </Line>
      )}
    </For>
    <Line label={t('Described by')}>
      {props.connector.descriptors
        ? t('Descriptors')
        : props.connector.proto
          ? '.proto files'
          : t('Reflection, when a tool calls it')}
    </Line>
  </>
);
