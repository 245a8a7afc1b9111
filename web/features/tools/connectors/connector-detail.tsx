import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Archive, Lock, Pencil } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { IdChip } from '../../../kit/id-chip.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { authWords } from '../parts/auth/auth-words.ts';
import { ConnectionLine } from '../parts/auth/connection.tsx';
import { type Connector, connectorTitle } from '../parts/connector-words.ts';
import { ConnectorsLink } from '../parts/connectors-link.tsx';
import { Line, Lines } from '../parts/lines.tsx';
import { OperationList, offersOperations } from '../parts/operation-list.tsx';
import { rateWords, retryWords, toolTitle } from '../parts/tool-words.ts';
import { ConnectorUsage } from './connector-usage.tsx';
import { ConnectorVersions } from './connector-versions.tsx';
import { ConnectorKindLines } from './kinds/registry.tsx';

const route = '/t/$tenant/connectors/$connectorId';

export function ConnectorDetail(props: { connector: Connector }) {
  const params = useParams({ from: route });
  const search = useSearch({ from: route });
  const navigate = useNavigate();
  const [archiving, setArchiving] = createSignal(false);
  const at = () => ({ tenant: params().tenant, connectorId: props.connector.id });
  useTitle(() => connectorTitle(props.connector));
  useActions(() =>
    props.connector.writable
      ? [
          {
            id: 'connector:edit',
            label: t('Edit'),
            keys: 'e',
            group: 'Page',
            run: () => void navigate({ to: '/t/$tenant/connectors/$connectorId/edit', params: at() }),
          },
          { id: 'connector:archive', label: t('Archive'), group: 'Page', run: () => setArchiving(true) },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        title={connectorTitle(props.connector)}
        back={<ConnectorsLink tenant={params().tenant} />}
        aside={
          <>
            <span class="text-muted">v{props.connector.revision}</span>
            <Show when={!props.connector.writable}>
              <span class="inline-flex items-center gap-1 text-faint text-sm">
                <Lock size={12} aria-hidden="true" />
                {props.connector.readOnlyReason ?? t('Read-only')}
              </span>
            </Show>
          </>
        }
        actions={
          <Show when={props.connector.writable}>
            <Button variant="quiet" icon={Archive} onClick={() => setArchiving(true)}>
              {t('Archive')}
            </Button>
            <ButtonLink to="/t/$tenant/connectors/$connectorId/edit" params={at()} icon={Pencil} keys="e">
              {t('Edit')}
            </ButtonLink>
          </Show>
        }
      >
        <TabBar label={t('Connector')}>
          <Tab to={route} params={at()} search={{}} replace active={search().tab === undefined}>
            {t('Overview')}
          </Tab>
          <Tab
            to={route}
            params={at()}
            search={{ tab: 'versions' as const }}
            replace
            active={search().tab === 'versions'}
          >
            {t('Versions')}
          </Tab>
          <Tab
            to={route}
            params={at()}
            search={{ tab: 'usage' as const }}
            replace
            active={search().tab === 'usage'}
          >
            {t('Usage')}
          </Tab>
        </TabBar>
      </PageHeader>
      <DetailBody facts={<ConnectorFacts connector={props.connector} />}>
        <Switch fallback={<Overview connector={props.connector} />}>
          <Match when={search().tab === 'versions'}>
            <ConnectorVersions connector={props.connector} />
          </Match>
          <Match when={search().tab === 'usage'}>
            <ConnectorUsage connector={props.connector} />
          </Match>
        </Switch>
      </DetailBody>
      <ArchiveDialog
        open={archiving()}
        title={connectorTitle(props.connector)}
        name={props.connector.name}
        id={props.connector.id}
        router="connectors"
        list={{ to: '/t/$tenant/connectors', params: { tenant: tenantSlug() }, search: {} }}
        archive={(row) =>
          api.connectors.archive.mutate({ ...row, ifMatch: entityTag(props.connector.revision) })
        }
        onArchived={(name) => toast(t`${name} archived`)}
        onClose={() => setArchiving(false)}
      >
        <Show
          when={props.connector.tools.length > 0}
          fallback={t('The connector disappears from all lists. Its history is kept.')}
        >{t`A connector that tools use cannot be archived. These use it: ${props.connector.tools.map(toolTitle).join(', ')}.`}</Show>
      </ArchiveDialog>
    </>
  );
}

/** What its tools take from it, and which tools those are. */
function Overview(props: { connector: Connector }) {
  const can = useCan();
  return (
    <>
      <Show when={props.connector.description}>
        <p class="max-w-[76ch] whitespace-pre-line px-6 max-sm:px-4 pt-4 text-[14px] leading-[22px]">
          {props.connector.description}
        </p>
      </Show>
      <Section title={t('What its tools share')}>
        <Lines>
          <ConnectorKindLines connector={props.connector} />
          <Line label={t('Auth')}>
            {authWords(props.connector.auth)}
            <Show when={props.connector.auth.hasSecret}>
              <span class="text-muted">{t(', secret in the vault')}</span>
            </Show>
          </Line>
          <ConnectionLine auth={props.connector.auth} />
          <Show when={props.connector.timeoutMs}>
            {(timeout) => <Line label={t('Attempt timeout')}>{formatDuration(timeout())}</Line>}
          </Show>
          <Show when={props.connector.retry}>
            {(retry) => <Line label={t('Attempts')}>{retryWords(retry())}</Line>}
          </Show>
          <Show when={props.connector.rateLimit}>
            {(limit) => <Line label={t('Rate limit of each tool')}>{rateWords(limit())}</Line>}
          </Show>
          <Show when={props.connector.policy?.rateLimit}>
            {(limit) => <Line label={t('Rate limit of all tools')}>{rateWords(limit())}</Line>}
          </Show>
          <Show when={props.connector.policy?.concurrency}>
            {(calls) => <Line label={t('Calls at once')}>{calls()}</Line>}
          </Show>
        </Lines>
      </Section>
      <Show when={offersOperations(props.connector)}>
        <Section title={t('Operations')}>
          <OperationList
            connectorId={props.connector.id}
            action={(operation) => (
              <Show when={can('tools.write')}>
                <ButtonLink
                  to="/t/$tenant/tools/new"
                  params={{ tenant: tenantSlug() }}
                  search={{ connector: props.connector.id, operation: operation.key }}
                  aria-label={t`Make a tool of ${operation.title}`}
                >
                  {t('Make a tool')}
                </ButtonLink>
              </Show>
            )}
          />
        </Section>
      </Show>
      <Section title={t('Tools that use it')}>
        <Show
          when={props.connector.tools.length > 0}
          fallback={<p class="text-muted">{t('No tools use it yet.')}</p>}
        >
          <ul class="border-t">
            <For each={props.connector.tools}>
              {(tool) => (
                <li class="border-b py-1.5">
                  <Link
                    to="/t/$tenant/tools/$toolId"
                    params={{ tenant: tenantSlug(), toolId: tool.id }}
                    search={{}}
                    class="text-accent underline underline-offset-2 hover:text-accent-hover"
                  >
                    {toolTitle(tool)}
                  </Link>{' '}
                  <span class="text-muted">v{tool.version}</span>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Section>
    </>
  );
}

const ConnectorFacts = (props: { connector: Connector }) => (
  <Facts>
    <Fact label={t('Name')}>
      <code class="break-all font-mono text-sm">{props.connector.name}</code>
    </Fact>
    <Fact label={t('ID')}>
      <IdChip id={props.connector.id} label={t('Copy connector ID')} />
    </Fact>
    <Fact label={t('Scope')}>
      {props.connector.scope === 'global' ? t('Global: all organizations') : t('This organization')}
    </Fact>
    <Fact label={t('Version')}>
      v{props.connector.revision}, <RelativeTime at={props.connector.updatedAt} />
    </Fact>
    <Fact label={t('Changed by')}>{props.connector.updatedBy.name}</Fact>
    <Fact label={t('Created')}>
      <RelativeTime at={props.connector.createdAt} />
    </Fact>
  </Facts>
);
