import { useNavigate } from '@tanstack/solid-router';
import { Wrench } from 'lucide-solid';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { buttonClass } from '../../../kit/button.tsx';
import { compareTexts } from '../../../kit/format.ts';
import { Menu, type MenuHandle, MenuItem, MenuLabel } from '../../../kit/menu.tsx';
import { t } from '../../../words/words.ts';

/** Opens a tool's run sheet with this exception filled in. */
export function RunToolMenu(props: {
  exceptionId: string;
  tenant: string;
  handle: (handle: MenuHandle) => void;
}) {
  const navigate = useNavigate();
  const [wanted, setWanted] = createSignal(false);
  const query = useQuery(() => ({
    ...queries.tools.list({ status: 'enabled', limit: 200 }),
    enabled: wanted(),
  }));
  const tools = createMemo(() =>
    query.isSuccess ? query.data.items.toSorted((a, b) => compareTexts(a.title, b.title)) : [],
  );
  return (
    <Menu
      handle={props.handle}
      onOpenChange={(open) => open && setWanted(true)}
      placement="bottom-end"
      triggerClass={buttonClass({ variant: 'plain' })}
      trigger={
        <>
          <Wrench size={14} aria-hidden="true" />
          {t('Run tool')}
        </>
      }
    >
      <MenuLabel>{t('With this exception')}</MenuLabel>
      <Show
        when={tools().length > 0}
        fallback={
          <p class="px-2 pb-1.5 text-muted">
            {query.isSuccess
              ? t('No tools are enabled.')
              : query.isError
                ? t('The tools could not be loaded.')
                : t('Loading')}
          </p>
        }
      >
        <For each={tools()}>
          {(tool) => (
            <MenuItem
              onSelect={() =>
                void navigate({
                  to: '/t/$tenant/tools/$toolId/run',
                  params: { tenant: props.tenant, toolId: tool.id },
                  search: { exception: props.exceptionId },
                })
              }
            >
              {tool.title} <span class="ml-1 font-mono text-faint text-sm">{tool.name}</span>
            </MenuItem>
          )}
        </For>
      </Show>
    </Menu>
  );
}
