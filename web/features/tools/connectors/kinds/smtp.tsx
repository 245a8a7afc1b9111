import { Show } from 'solid-js';
import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { mailServerWords } from '../../parts/mail-server-words.ts';

export const SmtpLines = (props: { connector: ConnectorOfKind<'smtp'> }) => (
  <>
    <Line label={t('Mail server')}>{mailServerWords(props.connector)}</Line>
    <Show when={props.connector.ca}>
      <Line label={t('Certificates')}>{t('Of an authority of the organization')}</Line>
    </Show>
    <Show when={props.connector.from}>
      {(from) => (
        <Line label={t('From')}>
          <span class="break-all font-mono text-sm">{from()}</span>
        </Line>
      )}
    </Show>
  </>
);
