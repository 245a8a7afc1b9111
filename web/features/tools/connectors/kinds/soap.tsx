import { Show } from 'solid-js';
import { CodeBlock } from '../../../../kit/code-block.tsx';
import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';

export const SoapLines = (props: { connector: ConnectorOfKind<'soap'> }) => (
  <>
    <Line label={t('Endpoint')}>
      <Show when={props.connector.endpoint} fallback={t('As the WSDL says')}>
        <span class="break-all font-mono text-sm">{props.connector.endpoint}</span>
      </Show>
    </Line>
    <Line label={t('WSDL')}>
      <CodeBlock text={props.connector.wsdl ?? ''} label={t('WSDL')} maxHeight="240px" />
    </Line>
  </>
);
