import { Section } from '../../../../../kit/page-header.tsx';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';

/** The tool of the server, and where that is. */
export function McpOverview(props: { tool: Extract<Tool, { type: 'mcp' }> }) {
  const connector = createConnector('mcp', () => props.tool.config.connectorId);
  return (
    <Section title="Tool of an MCP server">
      <Lines>
        <Line label="Tool">
          <code class="break-all font-mono text-sm">{props.tool.config.tool}</code>
        </Line>
        <TargetLine tool={props.tool} connector={connector()} />
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Line label="Effect">
          {props.tool.config.readOnly ? 'Declared to only read' : 'May change something'}
        </Line>
        <Line label="Arguments">The inputs, by their names</Line>
        <Line label="Response">Its structured content; without one, its texts and images</Line>
      </Lines>
    </Section>
  );
}
