import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { databaseEngines } from '../../../../../../shared/tools/database/engines.ts';
import { useQuery } from '../../../../../api/query.ts';
import { tenantSlug } from '../../../../../api/tenant.ts';
import { queries } from '../../../../../api/trpc.ts';
import { CodeBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { authWords } from '../../../parts/auth/auth-words.ts';
import { isInherited } from '../../../parts/auth/inherit.ts';
import { tlsWords } from '../../../parts/database-words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';

/** The statement, where it is run, and what it may do. */
export function DatabaseOverview(props: { tool: Extract<Tool, { type: 'database' }> }) {
  const config = () => props.tool.config;
  const connectorId = () => config().connectorId;
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() ?? '' }),
    enabled: connectorId() !== undefined,
  }));
  const connector = () => (query.isSuccess && query.data.kind === 'database' ? query.data : undefined);
  const inherits = () => isInherited(props.tool.auth) && connector() !== undefined;
  const auth = () => (inherits() ? connector()?.auth : undefined) ?? props.tool.auth;
  const statement = () => {
    const { statement: written } = config();
    return typeof written === 'string' ? written : JSON.stringify(written, null, 2);
  };
  return (
    <Section title="Statement">
      <CodeBlock
        text={statement()}
        language={config().engine === 'mongodb' ? 'json' : 'text'}
        label="Statement"
        maxHeight="320px"
        class="mb-3"
      />
      <Lines>
        <Line label="Database">{databaseEngines[config().engine].label}</Line>
        <Show
          when={connectorId()}
          fallback={
            <Line label="URL">
              <span class="break-all font-mono text-sm">{config().url}</span>
            </Line>
          }
        >
          <Line label="Connector">
            <Link
              to="/t/$tenant/connectors/$connectorId"
              params={{ tenant: tenantSlug(), connectorId: connectorId() ?? '' }}
              search={{}}
              class="text-accent underline underline-offset-2 hover:text-accent-hover"
            >
              {connector()?.title ?? connector()?.name ?? '…'}
            </Link>
            <Show when={connector()}>
              {(found) => <span class="ml-2 break-all font-mono text-muted text-sm">{found().url}</span>}
            </Show>
          </Line>
        </Show>
        <Line label="Encryption">{tlsWords(connector() ?? config())}</Line>
        <Line label="Auth">
          {authWords(auth())}
          <Show when={auth().hasSecret}>
            <span class="text-muted">, secret in the vault</span>
          </Show>
          <Show when={inherits()}>
            <span class="text-muted">, inherited from the connector</span>
          </Show>
        </Line>
        <Line label="Access">{config().readOnly ? 'Read only' : 'Write, in one transaction'}</Line>
        <Line label="Result">
          At most {config().maxRows} rows and {formatBytes(config().maxResponseBytes)}
        </Line>
      </Lines>
    </Section>
  );
}
