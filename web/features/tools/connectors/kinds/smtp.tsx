import { Show } from 'solid-js';
import { Line } from '../../parts/lines.tsx';
import { mailServerWords } from '../../parts/mail-server-words.ts';
import type { ConnectorOfKind } from './registry.tsx';

export const SmtpLines = (props: { connector: ConnectorOfKind<'smtp'> }) => (
  <>
    <Line label="Mail server">{mailServerWords(props.connector)}</Line>
    <Show when={props.connector.ca}>
      <Line label="Certificates">Of an authority of the organization</Line>
    </Show>
    <Show when={props.connector.from}>
      {(from) => (
        <Line label="From">
          <span class="break-all font-mono text-sm">{from()}</span>
        </Line>
      )}
    </Show>
  </>
);
