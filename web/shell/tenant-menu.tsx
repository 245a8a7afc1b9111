import { useNavigate } from '@tanstack/solid-router';
import { ChevronsUpDown } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { useMe } from '../api/me.ts';
import { Menu, MenuItem, MenuLabel } from '../kit/menu.tsx';
import { t } from '../words/words.ts';

/** The workspace switcher: shows the current organization and leads to the others. */
export function TenantMenu(props: { slug: string; folded: boolean }) {
  const me = useMe();
  const navigate = useNavigate();
  const name = () => me()?.tenant.name ?? props.slug;
  return (
    <Menu
      {...(props.folded ? { label: t`Organization ${name()}` } : {})}
      title={props.folded ? name() : undefined}
      triggerClass="flex h-8 w-full items-center gap-2 rounded-md px-1.5 hover:bg-rail-active"
      trigger={
        <>
          <span
            aria-hidden="true"
            data-initial={name().slice(0, 1).toUpperCase()}
            class="inline-flex size-5 shrink-0 items-center justify-center rounded-sm bg-accent-fill text-xs font-semibold text-on-accent before:content-[attr(data-initial)]"
          />
          <Show when={!props.folded}>
            <span class="min-w-0 flex-1 truncate text-left font-semibold">{name()}</span>
            <ChevronsUpDown size={12} aria-hidden="true" class="shrink-0 text-faint" />
          </Show>
        </>
      }
    >
      <MenuLabel>{t('Organizations')}</MenuLabel>
      <For each={me()?.tenants ?? []}>
        {(tenant) => (
          <MenuItem
            checked={tenant.slug === props.slug}
            onSelect={() => void navigate({ to: '/t/$tenant/tools', params: { tenant: tenant.slug } })}
          >
            {tenant.name}
          </MenuItem>
        )}
      </For>
    </Menu>
  );
}
