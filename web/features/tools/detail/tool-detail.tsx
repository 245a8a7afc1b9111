import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Archive, Copy, Ellipsis, Lock, Pencil, Play, Power, SquareTerminal } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button, ButtonLink, buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../kit/menu.tsx';
import { DetailBody, PageHeader } from '../../../kit/page-header.tsx';
import { exampleValue } from '../../../kit/schema-table/example-value.ts';
import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { copyCurl } from '../parts/copy-curl.ts';
import { createEnabledSwitch } from '../parts/enabled-switch.ts';
import { type Tool, toolTitle } from '../parts/tool-words.ts';
import { ArchiveToolDialog } from './archive-dialog.tsx';
import { ExecutionsTab } from './executions-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PolicyTab } from './policy-tab.tsx';
import { SchemasTab } from './schemas-tab.tsx';
import { ToolFacts } from './tool-facts.tsx';
import { ToolsLink } from './tools-link.tsx';
import { TrialTab } from './trial/trial-tab.tsx';
import { UsageTab } from './usage-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const tabs = [
  { tab: undefined, key: 'overview', label: t('Overview') },
  { tab: 'schemas', key: 'schemas', label: t('Schemas') },
  { tab: 'versions', key: 'versions', label: t('Versions') },
  { tab: 'trial', key: 'trial', label: t('Trial') },
  { tab: 'policy', key: 'policy', label: t('Policy') },
  { tab: 'executions', key: 'executions', label: t('Executions') },
  { tab: 'usage', key: 'usage', label: t('Usage') },
] as const;

export function ToolDetail(props: { tool: Tool }) {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const search = useSearch({ from: '/t/$tenant/tools/$toolId' });
  const navigate = useNavigate();
  const can = useCan();
  const enabled = createEnabledSwitch();
  const [archiving, setArchiving] = createSignal(false);
  const tab = () => search().tab ?? 'overview';
  useTitle(() => toolTitle(props.tool));

  const at = () => ({ tenant: params().tenant, toolId: props.tool.id });
  const run = () =>
    void navigate({
      to: '/t/$tenant/tools/$toolId/run',
      params: at(),
      search: { tab: search().tab },
    });
  const edit = () => void navigate({ to: '/t/$tenant/tools/$toolId/edit', params: at() });
  const toggle = () => void enabled.set(props.tool, !props.tool.enabled);
  const duplicate = () =>
    void navigate({
      to: '/t/$tenant/tools/new',
      params: { tenant: params().tenant },
      search: { copy: props.tool.id },
    });
  const copy = () => void copyCurl({ toolId: props.tool.id, payload: exampleValue(props.tool.inputSchema) });
  const toggleWords = () =>
    enabled.shown(props.tool) ? t('Disable for this organization') : t('Enable for this organization');
  const mayRun = () => can('tools.execute') && props.tool.enabled;

  useActions(() => [
    ...(mayRun() ? [{ id: 'tool:run', label: t('Run'), keys: 'r', group: 'Page' as const, run }] : []),
    ...(props.tool.writable
      ? [{ id: 'tool:edit', label: t('Edit'), keys: 'e', group: 'Page' as const, run: edit }]
      : []),
    ...(can('tools.enable')
      ? [{ id: 'tool:enabled', label: toggleWords(), group: 'Page' as const, run: toggle }]
      : []),
    { id: 'tool:curl', label: t('Copy as curl'), group: 'Page', run: copy },
    ...(can('tools.write')
      ? [{ id: 'tool:copy', label: t('Duplicate'), group: 'Page' as const, run: duplicate }]
      : []),
    ...(props.tool.writable
      ? [{ id: 'tool:archive', label: t('Archive'), group: 'Page' as const, run: () => setArchiving(true) }]
      : []),
    ...tabs.map((each, index) => ({
      id: `tab:${each.key}`,
      label: each.label,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () =>
        void navigate({
          to: '/t/$tenant/tools/$toolId',
          params: at(),
          search: { tab: each.tab },
          replace: true,
        }),
    })),
  ]);

  return (
    <>
      <PageHeader
        title={toolTitle(props.tool)}
        back={<ToolsLink tenant={params().tenant} />}
        aside={
          <>
            <span class="text-muted">v{props.tool.version}</span>
            <Show when={!enabled.shown(props.tool)}>
              <span class="rounded-sm border px-1.5 text-muted text-sm">{t('Disabled')}</span>
            </Show>
            <Show when={!props.tool.writable}>
              <span class="inline-flex items-center gap-1 text-faint text-sm">
                <Lock size={12} aria-hidden="true" />
                {props.tool.readOnlyReason ?? t('Read-only')}
              </span>
            </Show>
          </>
        }
        actions={
          <>
            <Menu
              label={t('More actions')}
              placement="bottom-end"
              triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
              trigger={<Ellipsis size={16} aria-hidden="true" />}
            >
              <MenuItem icon={SquareTerminal} onSelect={copy}>
                {t('Copy as curl')}
              </MenuItem>
              <Show when={can('tools.write')}>
                <MenuItem icon={Copy} onSelect={duplicate}>
                  {t('Duplicate')}
                </MenuItem>
              </Show>
              <Show when={can('tools.enable')}>
                <MenuItem icon={Power} onSelect={toggle}>
                  {toggleWords()}
                </MenuItem>
              </Show>
              <Show when={props.tool.writable}>
                <MenuSeparator />
                <MenuItem icon={Archive} danger onSelect={() => setArchiving(true)}>
                  {t('Archive')}
                </MenuItem>
              </Show>
            </Menu>
            <Show when={props.tool.writable}>
              <ButtonLink to="/t/$tenant/tools/$toolId/edit" params={at()} icon={Pencil} keys="e">
                {t('Edit')}
              </ButtonLink>
            </Show>
            <Show
              when={props.tool.enabled || !can('tools.enable')}
              fallback={
                <Button variant="primary" icon={Power} busy={enabled.busy(props.tool)} onClick={toggle}>
                  {t('Enable')}
                </Button>
              }
            >
              <Show when={mayRun()}>
                <Button variant="primary" icon={Play} keys="r" onClick={run}>
                  {t('Run')}
                </Button>
              </Show>
            </Show>
          </>
        }
      >
        <TabBar label={t('Tool')}>
          <For each={tabs}>
            {(each) => (
              <Tab
                to="/t/$tenant/tools/$toolId"
                params={at()}
                search={{ tab: each.tab }}
                replace
                active={tab() === each.key}
              >
                {each.label}
              </Tab>
            )}
          </For>
        </TabBar>
      </PageHeader>
      <DetailBody facts={<ToolFacts tool={props.tool} enabled={enabled} />}>
        <Switch fallback={<OverviewTab tool={props.tool} />}>
          <Match when={tab() === 'schemas'}>
            <SchemasTab tool={props.tool} />
          </Match>
          <Match when={tab() === 'versions'}>
            <VersionsTab tool={props.tool} />
          </Match>
          <Match when={tab() === 'trial'}>
            <TrialTab tool={props.tool} />
          </Match>
          <Match when={tab() === 'policy'}>
            <PolicyTab tool={props.tool} />
          </Match>
          <Match when={tab() === 'executions'}>
            <ExecutionsTab tool={props.tool} />
          </Match>
          <Match when={tab() === 'usage'}>
            <UsageTab tool={props.tool} />
          </Match>
        </Switch>
      </DetailBody>
      <ArchiveToolDialog tool={props.tool} open={archiving()} onClose={() => setArchiving(false)} />
    </>
  );
}
