import { useNavigate, useRouter } from '@tanstack/solid-router';
import { lazy, onCleanup, onMount, Show, Suspense, untrack } from 'solid-js';
import { useCan } from '../api/me.ts';
import { useActions } from '../kit/actions.ts';
import { t } from '../words/words.ts';
import { docOfPath } from './doc-of-path.ts';
import type { LoadFinder } from './finder.ts';
import { helpShows, openPalette, paletteActions, setHelpOpen } from './overlay-state.ts';
import { useSignOut } from './person-menu.tsx';
import { placesOf } from './places.ts';
import { setTheme, themeChoice } from './theme.ts';

const Help = lazy(() => import('./help.tsx'));

/** The palette, the help, and the actions of every page. */
export function Overlays(props: { slug: string; finder: LoadFinder }) {
  const can = useCan();
  const navigate = useNavigate();
  const router = useRouter();
  const leave = useSignOut();
  /** Beside the page: what a person types there stays before them. */
  const openDocs = () => {
    const doc = docOfPath(router.state.location.pathname);
    window.open(`/t/${props.slug}/docs${doc ? `/${doc}` : ''}`, '_blank', 'noopener');
  };
  const load = untrack(() => props.finder);
  const Palette = lazy(async () => {
    const [{ default: Loaded }, finder] = await Promise.all([import('./palette.tsx'), load()]);
    return { default: () => <Loaded finder={finder} /> };
  });
  // It opens as fast as one presses; until it has loaded for the first time, what is typed waits for it.
  onMount(() => {
    const timer = setTimeout(() => void Palette.preload(), 2_000);
    onCleanup(() => clearTimeout(timer));
  });
  useActions(() => [
    ...placesOf(can).map((place) => ({
      id: `go:${place.label}`,
      label: place.label,
      keys: place.keys,
      group: 'Go to' as const,
      run: () => void navigate({ to: place.to, params: { tenant: props.slug } }),
    })),
    {
      id: 'palette',
      label: t('Search and commands'),
      keys: 'mod+k',
      group: 'General',
      inInputs: true,
      run: openPalette,
    },
    { id: 'help', label: t('Keyboard shortcuts'), keys: '?', group: 'General', run: () => setHelpOpen(true) },
    {
      id: 'docs',
      label: t('Documentation of this page'),
      keys: 'f1',
      group: 'General',
      inInputs: true,
      run: openDocs,
    },
    {
      id: 'theme',
      label: themeChoice() === 'dark' ? t('Use the light theme') : t('Use the dark theme'),
      group: 'General',
      run: () => setTheme(themeChoice() === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'theme:system',
      label: t('Use the system theme'),
      group: 'General',
      run: () => setTheme('system'),
    },
    { id: 'sign-out', label: t('Sign out'), group: 'General', run: () => void leave() },
  ]);
  return (
    <Suspense>
      <Show when={paletteActions()}>
        <Palette />
      </Show>
      <Show when={helpShows()}>
        {(actions) => <Help actions={actions()} onClose={() => setHelpOpen(false)} />}
      </Show>
    </Suspense>
  );
}
