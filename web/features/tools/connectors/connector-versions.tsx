import { keepPreviousData, useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { For, type JSX, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Diff } from '../../../kit/diff/diff.tsx';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { JsonView } from '../../../kit/json-view/json-view.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { VersionBrowser, VersionRows } from '../../../kit/versions/version-browser.tsx';
import { type Restore, VersionComparison } from '../../../kit/versions/version-comparison.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { ChangedTools } from '../parts/changed-tools.tsx';
import { type Connector, connectorDefinition } from '../parts/connector-words.ts';
import { DefinitionChange } from '../parts/definition-change.tsx';

const route = '/t/$tenant/connectors/$connectorId';

/** All revisions; the chosen one is compared with the one before it. */
export function ConnectorVersions(props: { connector: Connector }) {
  const search = useSearch({ from: route });
  const params = useParams({ from: route });
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useQuery(() => queries.connectors.versions({ id: props.connector.id }));
  const to = () => search().to ?? props.connector.revision;
  const choose = (change: { from?: number; to?: number }) =>
    void navigate({ to: route, params: params(), search: { tab: 'versions', ...change }, replace: true });
  const restore = (): Restore | undefined => {
    const { connector } = props;
    const version = to();
    if (!connector.writable || version === connector.revision) return undefined;
    return {
      label: t`Restore v${version}`,
      verb: t`Restore as v${connector.revision + 1}`,
      explanation: () => <Effect connector={connector} version={version} />,
      failed: t('No version was restored.'),
      run: async () => {
        const restored = await api.connectors.restore.mutate({
          id: connector.id,
          version,
          ifMatch: entityTag(connector.revision),
        });
        for (const router of ['connectors', 'tools'])
          await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
        toast(t`v${version} restored as v${restored.revision}`);
      },
    };
  };
  return (
    <QueryView query={query} what={t('The versions could not be loaded')}>
      {(page) => {
        const versions = () => page().items.map(({ version }) => version);
        const from = () => search().from ?? versions().find((version) => version < to());
        return (
          <VersionBrowser
            list={
              <VersionRows
                versions={page().items}
                chosen={to()}
                onChoose={(version) => choose({ to: version })}
              />
            }
          >
            <VersionComparison
              version={to()}
              before={from()}
              versions={versions()}
              onCompare={(before) => choose({ from: before, to: to() })}
              restore={restore()}
              whole={() => (
                <Show when={page().items.find(({ version }) => version === to())}>
                  {(version) => (
                    <JsonView
                      value={connectorDefinition(version().definition)}
                      label={t`Definition of v${to()}`}
                      fileName={`${props.connector.name}-v${to()}`}
                    />
                  )}
                </Show>
              )}
            >
              <Show when={from()}>
                {(before) => (
                  <Difference id={props.connector.id} from={before()} to={to()}>
                    {(diff) => <Changes diff={diff} />}
                  </Difference>
                )}
              </Show>
            </VersionComparison>
          </VersionBrowser>
        );
      }}
    </QueryView>
  );
}

type ConnectorDiff = Outputs['connectors']['diff'];

function Difference(props: {
  id: string;
  from: number;
  to: number;
  children: (diff: ConnectorDiff) => JSX.Element;
}) {
  const query = useQuery(() => ({
    ...queries.connectors.diff({ id: props.id, from: props.from, to: props.to }),
    placeholderData: keepPreviousData,
  }));
  return (
    <QueryView query={query} what={t('The versions could not be compared')}>
      {(diff) => props.children(diff())}
    </QueryView>
  );
}

const Changes = (props: { diff: ConnectorDiff }) => (
  <Show
    when={props.diff.changes.length > 0}
    fallback={<p class="text-muted">{t('The two definitions are identical.')}</p>}
  >
    <ul aria-label={t('Changes')} class="border-t">
      <For each={props.diff.changes}>{(change) => <DefinitionChange change={change} />}</For>
    </ul>
    <ChangedTools tools={props.diff.tools} />
    <Diff
      label={t`Definition of v${props.diff.from} and v${props.diff.to}`}
      before={formatJson(connectorDefinition(props.diff.before))}
      after={formatJson(connectorDefinition(props.diff.after))}
    />
  </Show>
);

/** What restoring does to the tools of today. */
const Effect = (props: { connector: Connector; version: number }) => (
  <div class="flex flex-col gap-3">
    <p>
      {t`The definition of v${props.version} becomes v${props.connector.revision + 1}, with the secret that it had. Executions in progress keep the version they started with.`}
    </p>
    <Difference id={props.connector.id} from={props.connector.revision} to={props.version}>
      {(diff) => <Changes diff={diff} />}
    </Difference>
  </div>
);
