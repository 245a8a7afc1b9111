import { ChevronDown } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Menu, type MenuHandle, MenuItem, MenuLabel, MenuSeparator } from '../../../kit/menu.tsx';
import { t } from '../../../words/words.ts';
import type { Exception, ExceptionChanges } from './exception-changes.ts';

/** The assignee, and a menu to change it. */
export function AssignMenu(props: {
  exception: Exception;
  changes: ExceptionChanges;
  handle: (handle: MenuHandle) => void;
}) {
  const me = useMe();
  const query = useQuery(() => queries.members.list());
  const people = createMemo(() => {
    const mine = me()?.actor.id;
    const all = query.isSuccess ? query.data.items : [];
    return [...all.filter(({ id }) => id === mine), ...all.filter(({ id }) => id !== mine)];
  });
  const current = () => props.exception.assignee;
  return (
    <Menu
      handle={props.handle}
      triggerClass="-ml-1.5 inline-flex h-7 max-w-full items-center gap-1 rounded-md px-1.5 hover:bg-hover"
      trigger={
        <>
          <span class="sr-only">{t('Assigned to')}</span>
          <span class="truncate" classList={{ 'text-faint': !current() }}>
            {current()?.name ?? t('No one')}
          </span>
          <ChevronDown size={12} aria-hidden="true" class="shrink-0 text-faint" />
        </>
      }
    >
      <MenuLabel>{t('Assign to')}</MenuLabel>
      <Show
        when={!query.isError}
        fallback={<p class="px-2 pb-1.5 text-muted">{t('The members could not be loaded.')}</p>}
      >
        <For each={people()}>
          {(person) => (
            <MenuItem
              checked={person.id === current()?.id}
              onSelect={() => void props.changes.assign(person.id)}
            >
              {person.name}
              <Show when={person.id === me()?.actor.id}>
                <span class="text-faint"> {t('(me)')}</span>
              </Show>
            </MenuItem>
          )}
        </For>
      </Show>
      <Show when={current()}>
        <MenuSeparator />
        <MenuItem onSelect={() => void props.changes.assign(null)}>{t('No one')}</MenuItem>
      </Show>
    </Menu>
  );
}
