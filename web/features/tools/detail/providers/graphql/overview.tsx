import { Show } from 'solid-js';
import { CodeBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';
import { PairsTable } from '../http/template.tsx';

/** The operation, and where it is sent. */
export function GraphqlOverview(props: { tool: Extract<Tool, { type: 'graphql' }> }) {
  const connector = createConnector('graphql', () => props.tool.config.connectorId);
  return (
    <Section title={props.tool.config.operation === 'mutation' ? t('Mutation') : t('Query')}>
      <CodeBlock text={props.tool.config.document} label={t('Document')} maxHeight="320px" class="mb-3" />
      <Lines>
        <TargetLine tool={props.tool} connector={connector()} />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Show when={props.tool.config.operationName}>
          {(name) => (
            <Line label={t('Operation')}>
              <code class="font-mono text-sm">{name()}</code>
            </Line>
          )}
        </Show>
        <Show when={Object.keys(props.tool.config.headers).length > 0}>
          <Line label={t('Headers')}>
            <PairsTable pairs={props.tool.config.headers} label={t('Headers')} />
          </Line>
        </Show>
        <Line label={t('Variables')}>{t('The inputs, by their names')}</Line>
        <Line
          label={t('Response')}
        >{t`Its data, at most ${formatBytes(props.tool.config.maxResponseBytes)}. Errors fail the execution, and the partial data is kept`}</Line>
      </Lines>
    </Section>
  );
}
