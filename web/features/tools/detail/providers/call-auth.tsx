import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { queries } from '../../../../api/trpc.ts';
import { authWords } from '../../parts/auth/auth-words.ts';
import { ConnectionLine } from '../../parts/auth/connection.tsx';
import { isInherited } from '../../parts/auth/inherit.ts';
import { type Connector, connectorTitle } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import type { Tool } from '../../parts/tool-words.ts';

/** The connector of a tool, once it is known. */
export function createConnector(id: () => string | undefined): () => Connector | undefined {
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
  }));
  return () => (query.isSuccess ? query.data : undefined);
}

/** The connector of a tool and its auth, as lines. */
export function CallAuth(props: {
  tool: Tool;
  connector: Connector | undefined;
  /** What the connector gives besides auth. */
  shares: string;
}) {
  const inherited = () => isInherited(props.tool.auth) && props.connector !== undefined;
  const auth = () => (inherited() ? props.connector?.auth : undefined) ?? props.tool.auth;
  return (
    <>
      <Show when={props.connector}>
        {(connector) => (
          <Line label="Connector">
            <Link
              to="/t/$tenant/connectors/$connectorId"
              params={{ tenant: tenantSlug(), connectorId: connector().id }}
              search={{}}
              class="text-accent underline underline-offset-2 hover:text-accent-hover"
            >
              {connectorTitle(connector())}
            </Link>
            <span class="text-muted">
              : {props.shares}
              {inherited() ? ', auth' : ''}
            </span>
          </Line>
        )}
      </Show>
      <Line label="Auth">
        {authWords(auth())}
        <Show when={auth().hasSecret}>
          <span class="text-muted">, secret in the vault</span>
        </Show>
        <Show when={inherited()}>
          <span class="text-muted">, inherited from the connector</span>
        </Show>
      </Line>
      <ConnectionLine auth={auth()} />
    </>
  );
}
