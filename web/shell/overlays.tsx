import { useNavigate } from '@tanstack/solid-router';
import { lazy, Show, Suspense } from 'solid-js';
import { useCan } from '../api/me.ts';
import { useActions } from '../kit/actions.ts';
import { t } from '../words/words.ts';
import type { Finder } from './finder.ts';
import { helpShows, openPalette, paletteActions, setHelpOpen } from './overlay-state.ts';
import { useSignOut } from './person-menu.tsx';
import { placesOf } from './places.ts';
import { setTheme, themeChoice } from './theme.ts';

const Palette = lazy(() => import('./palette.tsx'));
const Help = lazy(() => import('./help.tsx'));

/** The palette, the help, and the actions of every page. */
export function Overlays(props: { slug: string; finder: Finder }) {
  const can = useCan();
  const navigate = useNavigate();
  const leave = useSignOut();
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
        <Palette finder={props.finder} />
      </Show>
      <Show when={helpShows()}>
        {(actions) => <Help actions={actions()} onClose={() => setHelpOpen(false)} />}
      </Show>
    </Suspense>
  );
}
