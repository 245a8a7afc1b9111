import { onMount } from 'solid-js';
import { useActions } from './actions.ts';

/** Inside a dialog: mod+enter submits it, and `onOpened` moves the focus to the first input. */
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
  // The dialog first focuses its close button.
  onMount(() => setTimeout(() => props.onOpened(), 50));
  return null;
}
