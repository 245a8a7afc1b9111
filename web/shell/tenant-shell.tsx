import { useQueryClient } from '@tanstack/solid-query';
import { Link, Outlet, useParams, useRouter } from '@tanstack/solid-router';
import { createEffect, createMemo, createSignal, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { toApiError } from '../api/api-error.ts';
import { openLive } from '../api/live.ts';
import { MeProvider, useMeQuery } from '../api/me.ts';
import { setTenantSlug } from '../api/tenant.ts';
import { ErrorState } from '../kit/error-state.tsx';
import { t } from '../words/words.ts';
import type { LoadFinder } from './finder.ts';
import { removeFrame } from './frame.ts';
import { HeldBar } from './held-bar.tsx';
import { useKeyboard } from './keyboard.ts';
import { rememberTenant } from './last-tenant.ts';
import { Overlays } from './overlays.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { Rail } from './rail.tsx';
import { isPhone } from './window-width.ts';

/** Everything under `/t/<slug>/`. Created again for each tenant, so that no data of another tenant remains. */
export function TenantShell(props: { finder: LoadFinder }) {
  const params = useParams({ from: '/t/$tenant' });
  useKeyboard();
  return (
    <Show when={params().tenant} keyed>
      {(slug) => {
        setTenantSlug(slug);
        return <Shell slug={slug} finder={props.finder} />;
      }}
    </Show>
  );
}

function Shell(props: { slug: string; finder: LoadFinder }) {
  const client = useQueryClient();
  const query = useMeQuery();
  const me = () => (query.isSuccess ? query.data : undefined);
  const [main, setMain] = createSignal<HTMLElement>();
  onMount(removeFrame);

  // The stream opens once the person's membership is known, and stays open when `me` is read again.
  const known = createMemo(() => me() !== undefined);
  createEffect(() => {
    if (!known()) return;
    rememberTenant(props.slug);
    onCleanup(openLive(client, props.slug));
  });

  // On another page, keys and screen readers start from the content, unless it has taken the focus itself.
  const within = (places: string) => document.activeElement?.closest(places) !== null;
  const toContent = () => {
    if (!within('main, [role="dialog"], [role="menu"]')) main()?.focus({ preventScroll: true });
  };
  const unsubscribe = useRouter().subscribe('onResolved', (event) => {
    if (!event.pathChanged) return;
    toContent();
    // A menu or the palette that led here gives the focus back when it closes.
    if (within('[role="dialog"], [role="menu"]')) setTimeout(toContent, 300);
  });
  onCleanup(unsubscribe);

  const blocked = () => query.isError && !me() && toApiError(query.error).code !== 'unauthorized';
  return (
    <MeProvider value={me}>
      <div class="flex h-full max-sm:flex-col">
        <button
          type="button"
          onClick={() => main()?.focus()}
          class="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:bg-raised focus:px-3 focus:py-1"
        >
          {t('Skip to content')}
        </button>
        <Show when={!isPhone()}>
          <Rail slug={props.slug} />
        </Show>
        <main
          ref={setMain}
          tabindex="-1"
          class="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden outline-none"
        >
          <Show
            when={!blocked()}
            fallback={
              <>
                <h1 class="sr-only">{t('This organization could not be opened')}</h1>
                <ErrorState
                  error={query.error}
                  what={t('This organization could not be opened')}
                  onRetry={() => void query.refetch()}
                  action={
                    <Link to="/" class="text-accent hover:text-accent-hover">
                      {t('Open your own organization')}
                    </Link>
                  }
                />
              </>
            }
          >
            <Suspense>
              <Outlet />
            </Suspense>
          </Show>
        </main>
        <Show when={isPhone()}>
          <PhoneBar slug={props.slug} />
        </Show>
        <HeldBar />
        <Overlays slug={props.slug} finder={props.finder} />
      </div>
    </MeProvider>
  );
}
