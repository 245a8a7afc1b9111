import { onCleanup, onMount } from 'solid-js';
import { currentActions } from '../kit/actions.ts';

/** How long to wait for the second key of a shortcut such as `g t`. */
const sequenceMs = 1200;

/** Does the element handle keys itself, as an input or a menu does? */
const usesKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('[role="menu"], [role="listbox"]') !== null ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)));

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, summary, [role="switch"], [tabindex="0"]') !== null;

function chordOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  // "?" already includes Shift.
  const shift = event.shiftKey && (key.length > 1 || (key >= 'a' && key <= 'z'));
  return [event.metaKey || event.ctrlKey ? 'mod' : '', event.altKey ? 'alt' : '', shift ? 'shift' : '', key]
    .filter(Boolean)
    .join('+');
}

/** Runs the actions of pressed keys. Inside inputs only keys with `mod` work. */
export function useKeyboard(): void {
  let first: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || (event.repeat && event.key.length > 1)) return;
    if (['Shift', 'Meta', 'Control', 'Alt'].includes(event.key)) return;
    const chord = chordOf(event);
    // Enter and space press the focused button or link.
    if ((chord === 'enter' || chord === 'space') && isPressable(event.target)) return;
    const typing = usesKeys(event.target);
    if (typing && !chord.startsWith('mod+')) return;

    const actions = currentActions().filter((action) => !typing || action.inInputs);
    const sequence = first === undefined ? undefined : `${first} ${chord}`;
    clearTimeout(timer);
    first = undefined;

    const action =
      (sequence === undefined ? undefined : actions.find((each) => each.keys === sequence)) ??
      actions.find((each) => each.keys === chord);
    if (action) {
      event.preventDefault();
      action.run();
      return;
    }
    if (actions.some((each) => each.keys?.startsWith(`${chord} `))) {
      first = chord;
      timer = setTimeout(() => {
        first = undefined;
      }, sequenceMs);
    }
  };

  onMount(() => document.addEventListener('keydown', onKeyDown));
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('keydown', onKeyDown);
  });
}
