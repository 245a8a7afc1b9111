import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { VersionBrowser, VersionRow, VersionRows } from '../../../kit/versions/version-browser.tsx';
import { rich, t } from '../../../words/words.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { DraftDiff } from './draft-diff.tsx';
import { VersionDiff } from './version-diff.tsx';

const route = '/t/$tenant/playbooks/$playbookId';

/** The draft and all versions; the chosen one is compared with the one before it. */
export function VersionsTab(props: { playbook: Playbook }) {
  const search = useSearch({ from: route });
  const params = useParams({ from: route });
  const navigate = useNavigate();
  const query = useQuery(() => queries.playbooks.versions({ id: props.playbook.id }));

  const hasDraft = () => props.playbook.draft !== null;
  /** Null: the draft. */
  const to = () => search().to ?? (hasDraft() ? null : props.playbook.version);
  const choose = (change: { from?: number; to?: number }) =>
    void navigate({
      to: route,
      params: params(),
      search: { tab: 'versions', ...change },
      replace: true,
    });

  return (
    <QueryView query={query} what={t('The versions could not be loaded')}>
      {(page) => {
        const versions = createMemo(() => page().items);
        const chosen = () => versions().find(({ version }) => version === to());
        const before = () => search().from ?? (to() ?? 0) - 1;
        return (
          <VersionBrowser
            list={
              <>
                <Show when={hasDraft()}>
                  <VersionRow chosen={to() === null} onChoose={() => choose({})}>
                    <span class="font-medium">{t('Draft')}</span>
                    <span class="text-muted text-sm">
                      <Show when={props.playbook.version} fallback={t('Never published')}>
                        {(version) => <>{rich`follows v${version}`}</>}
                      </Show>
                    </span>
                  </VersionRow>
                </Show>
                <VersionRows
                  versions={versions()}
                  chosen={to()}
                  onChoose={(version) => choose({ to: version })}
                />
              </>
            }
          >
            <Switch fallback={<EmptyState title={t('Version not found.')} />}>
              <Match when={to() === null && hasDraft()}>
                <DraftDiff playbook={props.playbook} />
              </Match>
              <Match when={chosen()}>
                {(version) => (
                  <VersionDiff
                    playbook={props.playbook}
                    version={version()}
                    before={versions().find((each) => each.version === before())}
                    versions={versions().map((each) => each.version)}
                    onCompare={(other) => choose({ from: other, to: version().version })}
                  />
                )}
              </Match>
            </Switch>
          </VersionBrowser>
        );
      }}
    </QueryView>
  );
}
