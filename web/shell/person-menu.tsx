import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { CircleQuestionMark, CircleUser, LogOut, Monitor, Moon, Sun, UserCog } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import { useMe } from '../api/me.ts';
import { signOut } from '../api/session.ts';
import { sendHeld } from '../kit/held-action.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../kit/menu.tsx';
import { t } from '../words/words.ts';
import { setHelpOpen } from './overlay-state.ts';
import { roleWord } from './role-words.ts';
import { setTheme, themeChoice } from './theme.ts';
import { toastError } from './toasts.tsx';

/** Signs out and clears the session's data from the page. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await sendHeld();
      await signOut();
      client.clear();
      await navigate({ to: '/sign-in', search: {} });
    } catch (error) {
      toastError(t('You are still signed in'), error);
    }
  };
}

/** The signed-in person and their roles, the theme, the help and "Sign out". */
export function PersonMenu(props: { folded: boolean; triggerClass?: string; children?: JSX.Element }) {
  const me = useMe();
  const leave = useSignOut();
  const navigate = useNavigate();
  const name = () => me()?.actor.name ?? t('Account');
  return (
    <Menu
      {...(props.folded ? { label: t`Account ${name()}` } : {})}
      title={props.folded ? name() : undefined}
      placement="top-start"
      triggerClass={
        props.triggerClass ??
        'flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-muted hover:bg-rail-active hover:text-text'
      }
      trigger={
        <>
          <CircleUser size={props.children ? 18 : 14} aria-hidden="true" class="shrink-0" />
          <Show when={!props.folded} fallback={props.children}>
            <span class="truncate">{name()}</span>
          </Show>
        </>
      }
    >
      <div class="px-2 pt-1.5 pb-1">
        <p class="font-medium">{name()}</p>
        <p class="text-sm text-muted">{me()?.email}</p>
        <p class="text-sm text-faint">{me()?.roles.map(roleWord).join(', ')}</p>
      </div>
      <MenuSeparator />
      <MenuLabel>{t('Theme')}</MenuLabel>
      <MenuItem icon={Monitor} checked={themeChoice() === 'system'} onSelect={() => setTheme('system')}>
        {t('System')}
      </MenuItem>
      <MenuItem icon={Sun} checked={themeChoice() === 'light'} onSelect={() => setTheme('light')}>
        {t('Light')}
      </MenuItem>
      <MenuItem icon={Moon} checked={themeChoice() === 'dark'} onSelect={() => setTheme('dark')}>
        {t('Dark')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={CircleQuestionMark} keys="?" onSelect={() => setHelpOpen(true)}>
        {t('Keyboard shortcuts')}
      </MenuItem>
      <MenuItem
        icon={UserCog}
        onSelect={() =>
          void navigate({ to: '/t/$tenant/profile', params: { tenant: me()?.tenant.slug ?? '' } })
        }
      >
        {t('Profile and sessions')}
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        {t('Sign out')}
      </MenuItem>
    </Menu>
  );
}
