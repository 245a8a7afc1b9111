import { Show } from 'solid-js';
import { CodeBlock } from '../../../../kit/code-block.tsx';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';

export const SoapLines = (props: { connector: ConnectorOfKind<'soap'> }) => (
  <>
    <Line label="Endpoint">
      <Show when={props.connector.endpoint} fallback="As the WSDL says">
        <span class="break-all font-mono text-sm">{props.connector.endpoint}</span>
      </Show>
    </Line>
    <Line label="WSDL">
      <CodeBlock text={props.connector.wsdl ?? ''} label="WSDL" maxHeight="240px" />
    </Line>
  </>
);
