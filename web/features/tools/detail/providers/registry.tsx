import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ToolType } from '../../../../../shared/tools/tool-definition.ts';
import { JsonBlock } from '../../../../kit/code-block.tsx';
import { Section } from '../../../../kit/page-header.tsx';
import { t } from '../../../../words/words.ts';
import type { Tool } from '../../parts/tool-words.ts';
import { CodeOverview } from './code/overview.tsx';
import { DatabaseOverview } from './database/overview.tsx';
import { DummyOverview } from './dummy/overview.tsx';
import { EmailOverview } from './email/overview.tsx';
import { GraphqlOverview } from './graphql/overview.tsx';
import { GrpcOverview } from './grpc/overview.tsx';
import { HttpOverview } from './http/overview.tsx';
import { McpOverview } from './mcp/overview.tsx';
import { SoapOverview } from './soap/overview.tsx';
import { WebhookOverview } from './webhook/overview.tsx';

type ToolOf<T extends ToolType> = Extract<Tool, { type: T }>;
type Overview<T extends ToolType> = (props: { tool: ToolOf<T> }) => JSX.Element;

/** What a tool of each type does, on its detail page. */
const overviews: { [T in ToolType]: Overview<T> } = {
  http: HttpOverview,
  graphql: GraphqlOverview,
  mcp: McpOverview,
  grpc: GrpcOverview,
  soap: SoapOverview,
  database: DatabaseOverview,
  dummy: DummyOverview,
  webhook: WebhookOverview,
  email: EmailOverview,
  code: CodeOverview,
};

/** A type that this page does not know yet shows its configuration as JSON. */
export function ProviderOverview<T extends ToolType>(props: { tool: ToolOf<T> }) {
  const overview = (): Overview<T> | undefined => overviews[props.tool.type as T];
  return <Dynamic component={overview() ?? JsonOverview} tool={props.tool} />;
}

const JsonOverview = (props: { tool: Tool }) => (
  <Section title={t('Configuration')}>
    <JsonBlock value={props.tool.config} label={t('Configuration')} maxHeight="420px" />
  </Section>
);
