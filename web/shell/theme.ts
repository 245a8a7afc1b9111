import { createSignal } from 'solid-js';

export type ThemeChoice = 'light' | 'dark' | 'system';
const storageKey = 'interlock.theme';
const media = matchMedia('(prefers-color-scheme: dark)');

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

const [choice, setChoice] = createSignal<ThemeChoice>(stored());
export const themeChoice = choice;

function apply(): void {
  const dark = choice() === 'dark' || (choice() === 'system' && media.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
media.addEventListener('change', apply);

/** Stores the theme; `theme.js` applies it before the first paint. */
export function setTheme(next: ThemeChoice): void {
  setChoice(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is blocked: the choice lasts until a reload.
  }
  apply();
}
