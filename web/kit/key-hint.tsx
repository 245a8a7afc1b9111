import { For } from 'solid-js';

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
const glyphs: Record<string, string> = isMac
  ? { mod: '⌘', shift: '⇧', enter: '↵', escape: 'Esc', f1: 'F1' }
  : { mod: 'Ctrl', shift: '⇧', enter: '↵', escape: 'Esc', f1: 'F1' };

/** `mod+enter` → ["⌘", "↵"]; `g t` → ["G", "T"]. */
export const keyGlyphs = (keys: string): string[] =>
  keys.split(/[+ ]/).map((key) => glyphs[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** Shows a keyboard shortcut such as `g t` or `mod+enter`. */
export function KeyHint(props: { keys: string; tone?: 'plain' | 'filled' }) {
  return (
    <span
      aria-hidden="true"
      class="inline-flex items-center gap-0.5 font-sans pointer-coarse:hidden text-xs leading-none"
      classList={{ 'text-on-accent': props.tone === 'filled', 'text-faint': props.tone !== 'filled' }}
    >
      <For each={keyGlyphs(props.keys)}>
        {(glyph) => (
          <span
            class="inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1"
            classList={{
              'border-on-accent/40': props.tone === 'filled',
              'border-line': props.tone !== 'filled',
            }}
          >
            {glyph}
          </span>
        )}
      </For>
    </span>
  );
}
