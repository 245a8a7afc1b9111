import { Show } from 'solid-js';
import { usesTls } from '../../../../../../shared/tools/providers/grpc/config.ts';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';
import { PairsTable } from '../http/template.tsx';

/** The call, in the order in which it is made. */
export function GrpcOverview(props: { tool: Extract<Tool, { type: 'grpc' }> }) {
  const config = () => props.tool.config;
  const connector = createConnector('grpc', () => config().connectorId);
  const server = () => connector() ?? config();
  return (
    <Section title={t('Call')}>
      <div class="mb-3 break-all rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="text-muted">{server().target ?? '…'}/</span>
        {config().service}/<span class="font-semibold">{config().method}</span>
      </div>
      <Lines>
        <TargetLine tool={props.tool} connector={connector()} shares={t('target and metadata')} />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Line label={t('Transport')}>{usesTls(server()) ? t('TLS') : t('Without TLS')}</Line>
        <Line label={t('Described by')}>
          <Show when={config().compiled} fallback={t('Reflection: the server is asked when it is called')}>
            {(compiled) => (
              <>
                {compiled().streaming
                  ? t('Its documents, as they were when this version was saved: the server streams messages')
                  : t('Its documents, as they were when this version was saved: one response')}
              </>
            )}
          </Show>
        </Line>
        <Show when={Object.keys(config().metadata).length > 0}>
          <Line label={t('Metadata')}>
            <PairsTable pairs={config().metadata} label={t('Metadata')} />
          </Line>
        </Show>
        <Line label={t('Message')}>
          <Show when={config().message} fallback={t('The inputs')}>
            {(message) => <JsonBlock value={message()} label={t('Message template')} maxHeight="240px" />}
          </Show>
        </Line>
        <Line
          label={t('Response')}
        >{rich`At most ${() => formatBytes(config().maxResponseBytes)}, and ${() => config().maxMessages} messages of a stream`}</Line>
      </Lines>
    </Section>
  );
}
