import { onMount } from 'solid-js';
import { useActions } from './actions.ts';

/** Stands inside of a dialog, whose keys are its own: mod+enter submits, and the focus goes to where writing begins. */
export function SubmitKey(props: { verb: string; onSubmit: () => void; onOpened: () => void }) {
  useActions(() => [
    {
      id: 'dialog:submit',
      label: props.verb,
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => props.onSubmit(),
    },
  ]);
  // Later than the dialog, which gives the focus to its first button, the one that closes it.
  onMount(() => setTimeout(() => props.onOpened(), 50));
  return null;
}
