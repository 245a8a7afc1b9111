import { Show } from 'solid-js';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';

const securityWords = {
  http: t('In HTTP'),
  password_text: t('UsernameToken with the password (WS-Security)'),
  password_digest: t('UsernameToken with a digest (WS-Security)'),
};

/** The call, in the order in which it is made. */
export function SoapOverview(props: { tool: Extract<Tool, { type: 'soap' }> }) {
  const config = () => props.tool.config;
  const connector = createConnector('soap', () => config().connectorId);
  const endpoint = () => connector()?.endpoint ?? config().endpoint ?? config().compiled?.endpoint ?? '…';
  return (
    <Section title={t('Operation')}>
      <div class="mb-3 break-all rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="font-semibold">{config().operation}</span> <span class="text-muted">{endpoint()}</span>
      </div>
      <Lines>
        <TargetLine tool={props.tool} connector={connector()} shares={t('WSDL and endpoint')} />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Show when={config().security !== 'http'}>
          <Line label={t('Credential')}>{securityWords[config().security]}</Line>
        </Show>
        <Show when={config().compiled}>
          {(compiled) => (
            <Line
              label={t('Protocol')}
            >{t`SOAP ${compiled().version}, as the WSDL was when this version was saved`}</Line>
          )}
        </Show>
        <Line label={t('Message')}>
          <Show when={config().message} fallback={t('The inputs')}>
            {(message) => <JsonBlock value={message()} label={t('Message template')} maxHeight="240px" />}
          </Show>
        </Line>
        <Line label={t('Response')}>{t`At most ${formatBytes(config().maxResponseBytes)}`}</Line>
      </Lines>
    </Section>
  );
}
