import { Link, useNavigate } from '@tanstack/solid-router';
import { Ellipsis, Search } from 'lucide-solid';
import { For, type JSX, Show } from 'solid-js';
import { useCan, useMe } from '../api/me.ts';
import type { Icon } from '../kit/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../kit/menu.tsx';
import { t } from '../words/words.ts';
import { InboxCount, useInboxCount } from './inbox-count.tsx';
import { LiveMark } from './live-mark.tsx';
import { openPalette } from './overlay-state.ts';
import { PersonMenu } from './person-menu.tsx';
import { placesOf } from './places.ts';
import { UnreadCount, useUnread } from './unread-count.tsx';

const face =
  'relative flex h-13 w-full min-w-0 flex-col items-center justify-center gap-0.5 rounded-md text-muted text-xs';

const Face = (props: { icon: Icon; label: string }): JSX.Element => (
  <>
    {props.icon({ size: 18, 'aria-hidden': 'true', class: 'shrink-0' })}
    <span class="max-w-full truncate tracking-tight">{props.label}</span>
  </>
);

/** The main navigation of a phone: what one does there, and the other places in a menu. */
export function PhoneBar(props: { slug: string }) {
  const can = useCan();
  const me = useMe();
  const navigate = useNavigate();
  const count = useInboxCount();
  const isMain = ({ to }: { to: string }) => /\/(home|inbox|exceptions)$/.test(to);
  const unread = useUnread(props.slug);
  const others = () => (me()?.tenants ?? []).filter((tenant) => tenant.slug !== props.slug);
  return (
    <div class="no-print flex shrink-0 flex-col border-t bg-rail px-1 pb-[env(safe-area-inset-bottom)]">
      <LiveMark folded={false} onlyLost />
      <nav aria-label={t('Main')} class="flex">
        <For each={placesOf(can).filter(isMain)}>
          {(place) => (
            <Link
              to={place.to}
              params={{ tenant: props.slug }}
              class={face}
              activeProps={{ class: 'font-medium text-text', 'aria-current': 'page' }}
            >
              <Face icon={place.icon} label={place.label} />
              <Show when={place.to === '/t/$tenant/inbox'}>
                <span class="absolute top-1 left-1/2 ml-2.5">
                  <InboxCount count={count} corner={false} />
                </span>
              </Show>
            </Link>
          )}
        </For>
        <button type="button" class={face} onClick={() => openPalette()}>
          <Face icon={Search} label={t('Search')} />
        </button>
        <Menu
          triggerClass={face}
          placement="top-end"
          trigger={
            <>
              <Face icon={Ellipsis} label={t('More')} />
              <span class="absolute top-1 left-1/2 ml-2.5">
                <UnreadCount unread={unread()} corner={false} />
              </span>
            </>
          }
        >
          <For each={placesOf(can).filter((place) => !isMain(place))}>
            {(place) => (
              <MenuItem
                icon={place.icon}
                onSelect={() => void navigate({ to: place.to, params: { tenant: props.slug } })}
              >
                {place.label}
                <Show when={place.to === '/t/$tenant/notifications'}>
                  <UnreadCount unread={unread()} corner={false} />
                </Show>
              </MenuItem>
            )}
          </For>
          <Show when={others().length > 0}>
            <MenuSeparator />
            <MenuLabel>{t('Other organizations')}</MenuLabel>
            <For each={others()}>
              {(tenant) => (
                <MenuItem
                  onSelect={() => void navigate({ to: '/t/$tenant/inbox', params: { tenant: tenant.slug } })}
                >
                  {tenant.name}
                </MenuItem>
              )}
            </For>
          </Show>
        </Menu>
        <div class="w-full min-w-0">
          <PersonMenu triggerClass={face} folded>
            <span class="max-w-full truncate">{t('Account')}</span>
          </PersonMenu>
        </div>
      </nav>
    </div>
  );
}
