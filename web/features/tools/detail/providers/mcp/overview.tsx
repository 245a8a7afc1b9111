import { Section } from '../../../../../kit/page-header.tsx';
import { t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';

/** The tool of the server, and where that is. */
export function McpOverview(props: { tool: Extract<Tool, { type: 'mcp' }> }) {
  const connector = createConnector('mcp', () => props.tool.config.connectorId);
  return (
    <Section title={t('Tool of an MCP server')}>
      <Lines>
        <Line label={t('Tool')}>
          <code class="break-all font-mono text-sm">{props.tool.config.tool}</code>
        </Line>
        <TargetLine tool={props.tool} connector={connector()} />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Line label={t('Effect')}>
          {props.tool.config.readOnly ? t('Declared to only read') : t('May change something')}
        </Line>
        <Line label={t('Arguments')}>{t('The inputs, by their names')}</Line>
        <Line label={t('Response')}>{t('Its structured content; without one, its texts and images')}</Line>
      </Lines>
    </Section>
  );
}
