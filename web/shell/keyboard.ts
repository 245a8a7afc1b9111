import { onCleanup, onMount } from 'solid-js';
import { currentActions } from '../kit/actions.ts';

/** How long the second key of `g t` may take. */
const sequenceMs = 1200;

/** Does the element use keys itself: as text, or as a menu that is searched by typing? */
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
  // Shift is part of what it made: "?" is not "shift+?".
  const shift = event.shiftKey && (key.length > 1 || (key >= 'a' && key <= 'z'));
  return [event.metaKey || event.ctrlKey ? 'mod' : '', event.altKey ? 'alt' : '', shift ? 'shift' : '', key]
    .filter(Boolean)
    .join('+');
}

/** Turns key presses into actions. Keys without `mod` are off in inputs. */
export function useKeyboard(): void {
  let first: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || (event.repeat && event.key.length > 1)) return;
    if (['Shift', 'Meta', 'Control', 'Alt'].includes(event.key)) return;
    const chord = chordOf(event);
    // Enter and space belong to the button or link that has the focus.
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
