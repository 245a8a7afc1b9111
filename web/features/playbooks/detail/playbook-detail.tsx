import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Archive, Copy, Ellipsis, Pencil, Play, Trash2, Upload } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { type Action, useActions } from '../../../kit/actions.ts';
import { Button, ButtonLink, buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../kit/menu.tsx';
import { DetailBody, PageHeader } from '../../../kit/page-header.tsx';
import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { rich, t } from '../../../words/words.ts';
import { PlaybookStatus } from '../parts/playbook-status.tsx';
import { type Playbook, playbookTitle, shownDocument } from '../parts/playbook-words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';
import { PublishDialog } from '../parts/publish-dialog.tsx';
import { ArchivePlaybookDialog } from './archive-dialog.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { PlaybookFacts } from './playbook-facts.tsx';
import { RunsTab } from './runs-tab.tsx';
import { StartRunDialog } from './start-run-dialog.tsx';
import { StepsTab } from './steps-tab.tsx';
import { UsageTab } from './usage-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const tabs = [
  { tab: undefined, key: 'steps', label: t('Steps') },
  { tab: 'versions', key: 'versions', label: t('Versions') },
  { tab: 'runs', key: 'runs', label: t('Runs') },
  { tab: 'usage', key: 'usage', label: t('Usage') },
] as const;

export function PlaybookDetail(props: { playbook: Playbook }) {
  const from = '/t/$tenant/playbooks/$playbookId';
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const can = useCan();
  const [asking, setAsking] = createSignal<'start' | 'publish' | 'archive' | 'discard' | null>(null);
  const close = () => setAsking(null);
  const tab = () => search().tab ?? 'steps';
  useTitle(() => playbookTitle(props.playbook));

  const at = () => ({ tenant: params().tenant, playbookId: props.playbook.id });
  const mayWrite = () => can('playbooks.write');
  const hasDraft = () => props.playbook.draft !== null;
  const mayStart = () => can('runs.start') && props.playbook.version !== null;
  const mayPublish = () => mayWrite() && hasDraft();
  const edit = () => void navigate({ to: '/t/$tenant/playbooks/$playbookId/edit', params: at() });
  const duplicate = () =>
    void navigate({
      to: '/t/$tenant/playbooks/new',
      params: { tenant: params().tenant },
      search: { copy: props.playbook.id },
    });

  const offered = (when: boolean, action: Omit<Action, 'group'>): Action[] =>
    when ? [{ ...action, group: 'Page' }] : [];
  useActions(() => [
    ...offered(mayStart(), {
      id: 'playbook:start',
      label: t('Start run'),
      keys: 'r',
      run: () => setAsking('start'),
    }),
    ...offered(mayPublish(), {
      id: 'playbook:publish',
      label: t('Publish'),
      keys: 'p',
      run: () => setAsking('publish'),
    }),
    ...offered(mayWrite(), { id: 'playbook:edit', label: t('Edit'), keys: 'e', run: edit }),
    ...offered(mayWrite(), { id: 'playbook:copy', label: t('Duplicate'), run: duplicate }),
    ...offered(mayWrite(), { id: 'playbook:archive', label: t('Archive'), run: () => setAsking('archive') }),
    ...tabs.map((each, index) => ({
      id: `tab:${each.key}`,
      label: each.label,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () => void navigate({ to: from, params: at(), search: { tab: each.tab }, replace: true }),
    })),
  ]);
  const startButton = (variant: 'primary' | 'plain') => (
    <Show when={mayStart()}>
      <Button variant={variant} icon={Play} keys="r" onClick={() => setAsking('start')}>
        {t('Start run')}
      </Button>
    </Show>
  );

  return (
    <>
      <PageHeader
        title={playbookTitle(props.playbook)}
        back={<PlaybooksLink tenant={params().tenant} />}
        aside={<PlaybookStatus playbook={{ ...props.playbook, hasDraft: hasDraft() }} />}
        actions={
          <>
            <Show when={mayWrite()}>
              <Menu
                label={t('More actions')}
                placement="bottom-end"
                triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                trigger={<Ellipsis size={16} aria-hidden="true" />}
              >
                <MenuItem icon={Copy} onSelect={duplicate}>
                  {t('Duplicate')}
                </MenuItem>
                <MenuSeparator />
                <Show when={hasDraft() && props.playbook.version !== null}>
                  <MenuItem icon={Trash2} danger onSelect={() => setAsking('discard')}>
                    {t('Discard draft')}
                  </MenuItem>
                </Show>
                <MenuItem icon={Archive} danger onSelect={() => setAsking('archive')}>
                  {t('Archive')}
                </MenuItem>
              </Menu>
              <ButtonLink to="/t/$tenant/playbooks/$playbookId/edit" params={at()} icon={Pencil} keys="e">
                {t('Edit')}
              </ButtonLink>
            </Show>
            <Show when={mayPublish()}>
              <Button
                variant={mayStart() ? 'plain' : 'primary'}
                icon={Upload}
                keys="p"
                onClick={() => setAsking('publish')}
              >
                {t('Publish')}
              </Button>
            </Show>
            {startButton('primary')}
          </>
        }
      >
        <TabBar label={t('Playbook')}>
          <For each={tabs}>
            {(each) => (
              <Tab to={from} params={at()} search={{ tab: each.tab }} replace active={tab() === each.key}>
                {each.label}
              </Tab>
            )}
          </For>
        </TabBar>
      </PageHeader>
      <DetailBody facts={<PlaybookFacts playbook={props.playbook} />}>
        <Switch
          fallback={
            <>
              <Show when={props.playbook.description}>
                <div class="border-b px-6 max-sm:px-4 py-4">
                  <p class="max-w-[76ch] whitespace-pre-line text-[14px] leading-[22px]">
                    {props.playbook.description}
                  </p>
                </div>
              </Show>
              <Show when={hasDraft() && props.playbook.version}>
                {(version) => (
                  <p class="border-b px-6 max-sm:px-4 py-1.5 text-muted text-sm">{rich`This is the published v${version}. For changes in the draft, see Versions.`}</p>
                )}
              </Show>
              <StepsTab document={shownDocument(props.playbook)} />
            </>
          }
        >
          <Match when={tab() === 'versions'}>
            <VersionsTab playbook={props.playbook} />
          </Match>
          <Match when={tab() === 'usage'}>
            <UsageTab playbook={props.playbook} />
          </Match>
          <Match when={tab() === 'runs'}>
            <RunsTab playbook={props.playbook} start={startButton('plain')} />
          </Match>
        </Switch>
      </DetailBody>
      <Switch>
        <Match when={asking() === 'start'}>
          <StartRunDialog playbook={props.playbook} onClose={close} />
        </Match>
        <Match when={asking() === 'publish'}>
          <PublishDialog playbook={props.playbook} onClose={close} />
        </Match>
      </Switch>
      <ArchivePlaybookDialog playbook={props.playbook} open={asking() === 'archive'} onClose={close} />
      <DiscardDialog playbook={props.playbook} open={asking() === 'discard'} onClose={close} />
    </>
  );
}
