import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { queries } from '../../../../api/trpc.ts';
import { authWords } from '../../parts/auth/auth-words.ts';
import { ConnectionLine } from '../../parts/auth/connection.tsx';
import { isInherited } from '../../parts/auth/inherit.ts';
import { connectorTitle } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import type { Tool } from '../../parts/tool-words.ts';

/** The endpoint of a tool, or its connector; and its auth. */
export function ConnectorLines(props: {
  auth: Tool['auth'];
  connectorId: string | undefined;
  url: string | undefined;
}) {
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: props.connectorId ?? '' }),
    enabled: props.connectorId !== undefined,
  }));
  const connector = () => (query.isSuccess ? query.data : undefined);
  const inherits = () => isInherited(props.auth) && connector() !== undefined;
  const auth = () => (inherits() ? connector()?.auth : undefined) ?? props.auth;
  return (
    <>
      <Show
        when={props.connectorId}
        fallback={
          <Line label="URL">
            <span class="break-all font-mono text-sm">{props.url}</span>
          </Line>
        }
      >
        {(connectorId) => (
          <Line label="Connector">
            <Link
              to="/t/$tenant/connectors/$connectorId"
              params={{ tenant: tenantSlug(), connectorId: connectorId() }}
              search={{}}
              class="text-accent underline underline-offset-2 hover:text-accent-hover"
            >
              <Show when={connector()} fallback="…">
                {(found) => connectorTitle(found())}
              </Show>
            </Link>
          </Line>
        )}
      </Show>
      <Line label="Auth">
        {authWords(auth())}
        <Show when={auth().hasSecret}>
          <span class="text-muted">, secret in the vault</span>
        </Show>
        <Show when={inherits()}>
          <span class="text-muted">, inherited from the connector</span>
        </Show>
      </Line>
      <ConnectionLine auth={auth()} />
    </>
  );
}
