import { Link } from '@tanstack/solid-router';
import { type JSX, Show } from 'solid-js';
import type { ConnectorKind } from '../../../../../shared/tools/connectors/registry.ts';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { queries } from '../../../../api/trpc.ts';
import { t } from '../../../../words/words.ts';
import { authWords } from '../../parts/auth/auth-words.ts';
import { ConnectionLine } from '../../parts/auth/connection.tsx';
import { isInherited } from '../../parts/auth/inherit.ts';
import { type Connector, type ConnectorOfKind, connectorTitle } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import type { Tool } from '../../parts/tool-words.ts';

/** The connector of a tool, once it is known. */
export function createConnector<K extends ConnectorKind>(
  kind: K,
  id: () => string | undefined,
): () => ConnectorOfKind<K> | undefined {
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
  }));
  return () => (query.isSuccess && isOfKind(query.data, kind) ? query.data : undefined);
}

const isOfKind = <K extends ConnectorKind>(connector: Connector, kind: K): connector is ConnectorOfKind<K> =>
  connector.kind === kind;

/** A link to the connector of a tool. */
export const ConnectorLink = (props: { id: string; connector: Connector | undefined }) => (
  <Link
    to="/t/$tenant/connectors/$connectorId"
    params={{ tenant: tenantSlug(), connectorId: props.id }}
    search={{}}
    class="text-accent underline underline-offset-2 hover:text-accent-hover"
  >
    <Show when={props.connector} fallback="…">
      {(connector) => connectorTitle(connector())}
    </Show>
  </Link>
);

/** The connector of a tool that has one, else its own URL. */
export const TargetLine = (props: {
  tool: { auth: Tool['auth']; config: { connectorId?: string | undefined; url?: string | undefined } };
  connector: Connector | undefined;
  /** What the connector gives besides auth. */
  shares?: string;
  /** Behind the connector. */
  children?: JSX.Element;
}) => (
  <Show
    when={props.tool.config.connectorId}
    fallback={
      <Show when={props.tool.config.url}>
        {(url) => (
          <Line label={t('URL')}>
            <span class="break-all font-mono text-sm">{url()}</span>
          </Line>
        )}
      </Show>
    }
  >
    {(id) => (
      <Line label={t('Connector')}>
        <ConnectorLink id={id()} connector={props.connector} />
        <Show when={props.shares}>
          {(shares) => (
            <span class="text-muted">
              : {shares()}
              {isInherited(props.tool.auth) ? t(', auth') : ''}
            </span>
          )}
        </Show>
        {props.children}
      </Line>
    )}
  </Show>
);

/** The auth of a tool, or that of its connector. */
export function AuthLines(props: { auth: Tool['auth']; connector?: Connector | undefined }) {
  const inherited = () => isInherited(props.auth) && props.connector !== undefined;
  const auth = () => (inherited() ? props.connector?.auth : undefined) ?? props.auth;
  return (
    <>
      <Line label={t('Auth')}>
        {authWords(auth())}
        <Show when={auth().hasSecret}>
          <span class="text-muted">{t(', secret in the vault')}</span>
        </Show>
        <Show when={inherited()}>
          <span class="text-muted">{t(', inherited from the connector')}</span>
        </Show>
      </Line>
      <ConnectionLine auth={auth()} />
    </>
  );
}
