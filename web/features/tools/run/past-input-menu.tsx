import { History } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem, MenuLabel } from '../../../kit/menu.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';
import { executionKind } from '../../executions/parts/execution-kind.ts';

/** Offers the inputs of the tool's latest executions. */
export function PastInputMenu(props: { toolId: string; onPick: (executionId: string) => void }) {
  const query = useQuery(() => queries.executions.list({ toolId: props.toolId, limit: 12 }));
  const executions = () => (query.isSuccess ? query.data.items : []);
  return (
    <Menu
      label={t('Past input: use the input of an earlier execution')}
      placement="bottom-end"
      triggerClass={buttonClass({ variant: 'quiet' })}
      trigger={
        <>
          <History size={14} aria-hidden="true" />
          {t('Past input')}
        </>
      }
    >
      <MenuLabel>{t('Input of an earlier execution')}</MenuLabel>
      <Show
        when={executions().length > 0}
        fallback={
          <p class="px-2 pb-1.5 text-muted">{query.isPending ? t('Loading') : t('No executions yet.')}</p>
        }
      >
        <For each={executions()}>
          {(execution) => (
            <MenuItem onSelect={() => props.onPick(execution.id)}>
              <span class="flex w-80 items-center gap-3">
                <span class="w-36 shrink-0">
                  <Status kind={executionKind(execution)} />
                </span>
                <span class="min-w-0 flex-1 truncate text-muted">{execution.actor.name}</span>
                <span class="text-faint text-sm">
                  <RelativeTime at={execution.createdAt} />
                </span>
              </span>
            </MenuItem>
          )}
        </For>
      </Show>
    </Menu>
  );
}
