import { useQuery } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import type { Playbook } from '../parts/playbook-words.ts';
import { PublishPlanWords } from '../parts/publish-plan.tsx';
import { VersionDiff } from './version-diff.tsx';

export type Version = Outputs['playbooks']['versions']['items'][number];

/** The draft and every version there was; the chosen one beside the one before it. */
export function VersionsTab(props: { playbook: Playbook }) {
  const from = '/t/$tenant/playbooks/$playbookId';
  const search = useSearch({ from });
  const params = useParams({ from });
  const navigate = useNavigate();
  const query = useQuery(() => queries.playbooks.versions({ id: props.playbook.id }));

  const hasDraft = () => props.playbook.draft !== null;
  /** Null: the draft. */
  const to = () => search().to ?? (hasDraft() ? null : props.playbook.version);
  const choose = (change: { from?: number; to?: number }) =>
    void navigate({
      to: from,
      params: params(),
      search: { tab: 'versions', ...change },
      replace: true,
    });

  return (
    <QueryView query={query} what="The versions could not be loaded">
      {(page) => {
        const versions = createMemo(() => page().items);
        const chosen = () => versions().find(({ version }) => version === to());
        const before = () => search().from ?? (to() ?? 0) - 1;
        return (
          <div class="flex min-h-full max-xl:flex-col">
            <ol aria-label="Versions" class="shrink-0 py-2 max-xl:border-b xl:w-64 xl:border-r">
              <Show when={hasDraft()}>
                <Row chosen={to() === null} onChoose={() => choose({})}>
                  <span class="font-medium">Draft</span>
                  <span class="text-muted text-sm">
                    <Show when={props.playbook.version} fallback="Never published">
                      {(version) => <>to follow v{version()}</>}
                    </Show>
                  </span>
                </Row>
              </Show>
              <For each={versions()}>
                {(version) => (
                  <Row chosen={version.version === to()} onChoose={() => choose({ to: version.version })}>
                    <VersionWords version={version} />
                  </Row>
                )}
              </For>
            </ol>
            <div class="min-w-0 flex-1">
              <Switch>
                <Match when={to() === null && hasDraft()}>
                  <DraftChanges playbook={props.playbook} />
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
                <Match when={true}>
                  <EmptyState title="There is no such version" />
                </Match>
              </Switch>
            </div>
          </div>
        );
      }}
    </QueryView>
  );
}

function Row(props: { chosen: boolean; onChoose: () => void; children: JSX.Element }) {
  return (
    <li>
      <button
        type="button"
        aria-current={props.chosen ? 'true' : undefined}
        onClick={() => props.onChoose()}
        class="flex w-full flex-col px-6 py-1.5 text-left hover:bg-hover xl:pr-4"
        classList={{ 'bg-selected hover:bg-selected': props.chosen }}
      >
        {props.children}
      </button>
    </li>
  );
}

function VersionWords(props: { version: Version }) {
  return (
    <>
      <span class="flex w-full items-baseline gap-2">
        <span class="font-medium">v{props.version.version}</span>
        <Show when={props.version.current}>
          <span class="text-accent text-sm">current</span>
        </Show>
        <span class="ml-auto text-faint text-sm">
          <RelativeTime at={props.version.createdAt} />
        </span>
      </span>
      <span class="w-full truncate text-muted text-sm">
        {props.version.createdBy.name}
        <Show when={props.version.note}>{(note) => <> · {note()}</>}</Show>
      </span>
    </>
  );
}

/** What publishing the draft would change. */
function DraftChanges(props: { playbook: Playbook }) {
  const query = useQuery(() => queries.playbooks.publishPlan({ id: props.playbook.id }));
  return (
    <QueryView query={query} what="The draft could not be compared">
      {(plan) => (
        <div class="flex flex-col gap-4 px-6 py-4">
          <div class="flex min-h-7 items-center gap-2">
            <h2 class="font-semibold">Draft</h2>
            <Show when={plan().fromVersion}>
              {(version) => <span class="text-muted">compared with v{version()}, which is published</span>}
            </Show>
          </div>
          <PublishPlanWords plan={plan()} />
          <Show
            when={plan().before}
            fallback={<JsonBlock value={plan().after} label="Draft" maxHeight="none" />}
          >
            {(before) => (
              <Diff
                label="Document before and after"
                before={JSON.stringify(before(), null, 2)}
                after={JSON.stringify(plan().after, null, 2)}
              />
            )}
          </Show>
        </div>
      )}
    </QueryView>
  );
}
