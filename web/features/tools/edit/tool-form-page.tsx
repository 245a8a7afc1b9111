import { useParams, useSearch } from '@tanstack/solid-router';
import { Match, Show, Switch, untrack } from 'solid-js';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import {
  copyOf,
  type Definition,
  definitionOf,
  draftDefinition,
  newDefinition,
  type Tool,
} from './definition-document.ts';
import { ToolForm, ToolsLink } from './tool-form.tsx';

/** A new tool, a copy of one, or a new version of one. */
export default function ToolFormPage() {
  const params = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const can = useCan();
  const me = useMe();
  const tenant = () => params().tenant ?? '';
  const editId = () => params().toolId;
  const sourceId = () => editId() ?? search().copy;
  const draftOf = () => {
    const { connector, operation } = search();
    return connector !== undefined && operation !== undefined ? { connector, operation } : undefined;
  };
  useTitle(() => (editId() ? t('Edit tool') : t('New tool')));
  return (
    <Switch>
      <Match when={me() && !can('tools.write')}>
        <PageHeader
          title={editId() ? t('Edit tool') : t('New tool')}
          back={<ToolsLink tenant={tenant()} />}
        />
        <EmptyState title={t('You cannot edit tools')}>
          {t('Only tool admins can do this. A tenant admin can give you the role.')}
        </EmptyState>
      </Match>
      <Match when={sourceId()} keyed>
        {(id) => <FromTool id={id} tenant={tenant()} editing={editId() !== undefined} />}
      </Match>
      <Match when={draftOf()} keyed>
        {(from) => <FromOperation {...from} tenant={tenant()} />}
      </Match>
      <Match when={!sourceId()}>
        <ToolForm tenant={tenant()} start={newDefinition()} editing={null} />
      </Match>
    </Switch>
  );
}

/** Waits for what the connector describes. */
function FromOperation(props: { connector: string; operation: string; tenant: string }) {
  const query = useQuery(() =>
    queries.connectors.operations({ id: props.connector, q: props.operation, limit: 200 }),
  );
  return (
    <QueryView
      query={query}
      what={t('The operation could not be loaded')}
      header={<PageHeader title={t('New tool')} back={<ToolsLink tenant={props.tenant} />} />}
    >
      {(page) => {
        const found = page().items.find(({ key }) => key === props.operation);
        return <ToolForm tenant={props.tenant} start={draftDefinition(found?.tool)} editing={null} />;
      }}
    </QueryView>
  );
}

/** Waits for the tool, and for the connector that gives its limits. */
function FromTool(props: { id: string; tenant: string; editing: boolean }) {
  const query = useQuery(() => queries.tools.get({ id: props.id }));
  const tool = () => (query.isSuccess ? query.data : undefined);
  const connectorId = () => {
    const found = tool();
    const id = found && 'connectorId' in found.config ? found.config.connectorId : undefined;
    return typeof id === 'string' ? id : undefined;
  };
  const connector = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() ?? '' }),
    enabled: connectorId() !== undefined,
  }));
  const isReady = () => connectorId() === undefined || connector.isSuccess || connector.isError;
  const limits = () => (connectorId() !== undefined && connector.isSuccess ? connector.data : null);
  let had: boolean | undefined;
  /** When the page opened: a draft that comes or goes must not replace the form. */
  const hadDraft = (from: () => Tool): boolean => {
    had ??= untrack(() => from().draft !== null);
    return had;
  };
  const start = (from: Tool) => {
    const definition = definitionOf(from, limits());
    return props.editing ? definition : copyOf(definition);
  };
  return (
    <>
      <Show when={!tool() || !isReady()}>
        <PageHeader
          title={props.editing ? t('Edit tool') : t('New tool')}
          back={<ToolsLink tenant={props.tenant} />}
        />
      </Show>
      <QueryView query={query} what={t('The tool could not be loaded')}>
        {(from) => (
          <Show when={isReady()}>
            <Show
              when={!props.editing || from().writable}
              fallback={
                <>
                  <PageHeader
                    title={from().title ?? from().name}
                    back={<ToolsLink tenant={props.tenant} />}
                  />
                  <EmptyState
                    title={t('You cannot edit this tool')}
                    action={
                      <ButtonLink
                        to="/t/$tenant/tools/new"
                        params={{ tenant: props.tenant }}
                        search={{ copy: from().id }}
                      >
                        {t('Make a copy')}
                      </ButtonLink>
                    }
                  >
                    {from().readOnlyReason}
                  </EmptyState>
                </>
              }
            >
              {/* The tool as it was when the page opened: a new version by someone else must not undo what is typed. */}
              <Show
                when={props.editing && hadDraft(from)}
                fallback={
                  <ToolForm
                    tenant={props.tenant}
                    start={start(from())}
                    editing={props.editing ? from() : null}
                  />
                }
              >
                <FromDraft
                  tenant={props.tenant}
                  start={start(from())}
                  editing={from()}
                  definitionOf={(draft) => definitionOf(draft, limits())}
                />
              </Show>
            </Show>
          </Show>
        )}
      </QueryView>
    </>
  );
}

/** Waits for the draft, with which the form begins. */
function FromDraft(props: {
  tenant: string;
  start: Definition;
  editing: Tool;
  definitionOf: (draft: Tool) => Definition;
}) {
  const query = useQuery(() => queries.tools.draft({ id: props.editing.id }));
  return (
    <QueryView query={query} what={t('The draft could not be loaded')}>
      {(draft) => (
        <ToolForm
          tenant={props.tenant}
          start={props.start}
          editing={props.editing}
          draft={props.definitionOf(draft().definition)}
        />
      )}
    </QueryView>
  );
}
