import { onCleanup, onMount } from 'solid-js';
import { currentActions } from '../kit/actions.ts';

/** How long to wait for the second key of a shortcut such as `g t`. */
const sequenceMs = 1200;

const isLongText = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);

const isTextInput = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);

/** Does the key mean the same inside an input? */
const worksInInputs = (chord: string): boolean => chord.startsWith('mod+') || chord === 'f1';

/** Does the element handle keys itself, as an input or a menu does? */
const usesKeys = (target: EventTarget | null): boolean =>
  isLongText(target) ||
  isTextInput(target) ||
  target instanceof HTMLSelectElement ||
  (target instanceof Element && target.closest('[role="menu"], [role="listbox"]') !== null);

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, summary, [role="switch"], [tabindex="0"]') !== null;

/** A held Enter would press a button, submit a form or choose from a menu again and again; a held space too. */
const pressesAgain = ({ key, target }: KeyboardEvent): boolean =>
  (key === 'Enter' && !isLongText(target)) || (key === ' ' && !isLongText(target) && !isTextInput(target));

function chordOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  // "?" already includes Shift.
  const shift = event.shiftKey && (key.length > 1 || (key >= 'a' && key <= 'z'));
  return [event.metaKey || event.ctrlKey ? 'mod' : '', event.altKey ? 'alt' : '', shift ? 'shift' : '', key]
    .filter(Boolean)
    .join('+');
}

/**
 * Runs the actions of pressed keys. Inside inputs only keys with `mod` and F1 work. One press has one effect: while a key is
 * held, only actions that say so run again.
 */
export function useKeyboard(): void {
  let first: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The key whose press ran an action. Held on, it does nothing, not even in an input that the action has opened. */
  let spent: string | undefined;

  /** Before anyone else, because menus and dialogs handle keys themselves. */
  const onHeld = (event: KeyboardEvent) => {
    if (!event.repeat) spent = undefined;
    else if (event.code === spent || pressesAgain(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (['Shift', 'Meta', 'Control', 'Alt'].includes(event.key)) return;
    const chord = chordOf(event);
    // Enter and space press the focused button or link.
    if ((chord === 'enter' || chord === 'space') && isPressable(event.target)) return;
    const typing = usesKeys(event.target);
    if (typing && !worksInInputs(chord)) return;

    const actions = currentActions().filter(
      (action) => (!typing || action.inInputs) && (!event.repeat || action.repeats),
    );
    const sequence = first === undefined ? undefined : `${first} ${chord}`;
    clearTimeout(timer);
    first = undefined;

    const action =
      (sequence === undefined ? undefined : actions.find((each) => each.keys === sequence)) ??
      actions.find((each) => each.keys === chord);
    if (action) {
      event.preventDefault();
      if (!action.repeats) spent = event.code;
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

  onMount(() => {
    document.addEventListener('keydown', onHeld, { capture: true });
    document.addEventListener('keydown', onKeyDown);
  });
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('keydown', onHeld, { capture: true });
    document.removeEventListener('keydown', onKeyDown);
  });
}
