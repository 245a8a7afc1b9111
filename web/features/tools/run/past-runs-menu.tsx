import { useQuery } from '@tanstack/solid-query';
import { History } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { queries } from '../../../api/trpc.ts';
import { buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem, MenuLabel } from '../../../kit/menu.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { executionKind, Status } from '../../../kit/status.tsx';

/** Takes the input of one of the tool's latest runs. */
export function PastRunsMenu(props: { toolId: string; onPick: (executionId: string) => void }) {
  const query = useQuery(() => queries.executions.list({ toolId: props.toolId, limit: 12 }));
  const runs = () => (query.isSuccess ? query.data.items : []);
  return (
    <Menu
      label="Past input: take the input of a past run"
      placement="bottom-end"
      triggerClass={buttonClass({ variant: 'quiet' })}
      trigger={
        <>
          <History size={14} aria-hidden="true" />
          Past input
        </>
      }
    >
      <MenuLabel>Input of a past run</MenuLabel>
      <Show
        when={runs().length > 0}
        fallback={<p class="px-2 pb-1.5 text-muted">{query.isPending ? 'Loading' : 'It has never run.'}</p>}
      >
        <For each={runs()}>
          {(run) => (
            <MenuItem onSelect={() => props.onPick(run.id)}>
              <span class="flex w-80 items-center gap-3">
                <span class="w-36 shrink-0">
                  <Status kind={executionKind(run)} />
                </span>
                <span class="min-w-0 flex-1 truncate text-muted">{run.actor.name}</span>
                <span class="text-faint text-sm">
                  <RelativeTime at={run.createdAt} />
                </span>
              </span>
            </MenuItem>
          )}
        </For>
      </Show>
    </Menu>
  );
}
