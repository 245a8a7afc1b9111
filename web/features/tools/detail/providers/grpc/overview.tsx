import { Show } from 'solid-js';
import { usesTls } from '../../../../../../shared/tools/providers/grpc/config.ts';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
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
    <Section title="Call">
      <div class="mb-3 break-all rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="text-muted">{server().target ?? '…'}/</span>
        {config().service}/<span class="font-semibold">{config().method}</span>
      </div>
      <Lines>
        <TargetLine tool={props.tool} connector={connector()} shares="target and metadata" />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Line label="Transport">{usesTls(server()) ? 'TLS' : 'Without TLS'}</Line>
        <Line label="Described by">
          <Show when={config().compiled} fallback="Reflection: the server is asked when it is called">
            {(compiled) => (
              <>
                Its documents, as they were when this version was saved:{' '}
                {compiled().streaming ? 'the server streams messages' : 'one response'}
              </>
            )}
          </Show>
        </Line>
        <Show when={Object.keys(config().metadata).length > 0}>
          <Line label="Metadata">
            <PairsTable pairs={config().metadata} label="Metadata" />
          </Line>
        </Show>
        <Line label="Message">
          <Show when={config().message} fallback="The inputs">
            {(message) => <JsonBlock value={message()} label="Message template" maxHeight="240px" />}
          </Show>
        </Line>
        <Line label="Response">
          At most {formatBytes(config().maxResponseBytes)}, and {config().maxMessages} messages of a stream
        </Line>
      </Lines>
    </Section>
  );
}
