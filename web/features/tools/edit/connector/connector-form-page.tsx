import { useParams } from '@tanstack/solid-router';
import { Match, Show, Switch } from 'solid-js';
import { useCan, useMe } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { PageHeader } from '../../../../kit/page-header.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { t } from '../../../../words/words.ts';
import { connectorDefinition, connectorTitle } from '../../parts/connector-words.ts';
import { ConnectorsLink } from '../../parts/connectors-link.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { connectorKindForms } from './kinds/registry.ts';

const newConnector = {
  name: '',
  title: '',
  description: '',
  kind: 'rest',
  scope: 'tenant',
  ...connectorKindForms.rest.start,
  auth: { type: 'none' },
};

/** A new connector, or a new revision of one. */
export default function ConnectorFormPage() {
  const params = useParams({ strict: false });
  const can = useCan();
  const me = useMe();
  const tenant = () => params().tenant ?? '';
  const title = () => (params().connectorId ? t('Edit connector') : t('New connector'));
  const header = (words: string) => <PageHeader title={words} back={<ConnectorsLink tenant={tenant()} />} />;
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: params().connectorId ?? '' }),
    enabled: params().connectorId !== undefined,
  }));
  useTitle(title);
  return (
    <Switch>
      <Match when={me() && !can('connectors.write')}>
        {header(title())}
        <EmptyState title={t('You cannot edit connectors')}>
          {t('Only tool admins can do this. A tenant admin can give you the role.')}
        </EmptyState>
      </Match>
      <Match when={!params().connectorId}>
        <ConnectorForm tenant={tenant()} start={newConnector} editing={null} />
      </Match>
      <Match when={params().connectorId}>
        <QueryView query={query} what={t('The connector could not be loaded')} header={header(title())}>
          {(connector) => (
            <Show
              when={connector().writable}
              fallback={
                <>
                  {header(connectorTitle(connector()))}
                  <EmptyState title={t('You cannot edit this connector')}>
                    {connector().readOnlyReason}
                  </EmptyState>
                </>
              }
            >
              <ConnectorForm
                tenant={tenant()}
                start={connectorDefinition(connector())}
                editing={connector()}
              />
            </Show>
          )}
        </QueryView>
      </Match>
    </Switch>
  );
}
