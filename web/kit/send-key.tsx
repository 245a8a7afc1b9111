import { useActions } from './actions.ts';

/** The key that sends a form. It lives inside of a sheet, so that it works while the sheet is open. */
export function SendKey(props: { label: string; send: () => void }) {
  useActions(() => [
    {
      id: 'send',
      label: props.label,
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      inPalette: false,
      run: props.send,
    },
  ]);
  return null;
}
