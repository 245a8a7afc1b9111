import { createSignal, type JSX, onMount } from 'solid-js';
import { t } from '../words/words.ts';
import { useActions } from './actions.ts';
import { createArming } from './arming.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** A dialog that submits something: by its button, and by a key that works inside inputs too. */
export function SubmitDialog(props: {
  title: string;
  description?: string | undefined;
  width?: string | undefined;
  /** The label of the submit button, such as "Save view". */
  verb: string;
  /** The key of the submit button. Default mod+enter. */
  keys?: string | undefined;
  danger?: boolean | undefined;
  /** The label of the other button. Default "Cancel". */
  cancel?: string | undefined;
  busy: boolean;
  /** False: not complete enough to be submitted. */
  ready?: boolean | undefined;
  /** Not called while the dialog is busy or not ready. */
  onSubmit: () => void;
  /** Moves the focus to the first input. */
  onOpened?: (() => void) | undefined;
  onClose: () => void;
  children: JSX.Element;
}) {
  const keys = () => props.keys ?? 'mod+enter';
  const read = createArming(() => props.title);
  const [typed, setTyped] = createSignal(false);
  let fields: HTMLDivElement | undefined;
  // Who is quick is in a field already.
  const opened = () => fields?.contains(document.activeElement) || props.onOpened?.();
  const armed = () => read() || typed();
  const submit = () => {
    if (armed() && !props.busy && props.ready !== false) props.onSubmit();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      width={props.width}
      unsent={typed()}
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{props.cancel ?? t('Cancel')}</Button>
          <Button
            variant={props.danger ? 'danger' : 'primary'}
            keys={keys()}
            busy={props.busy}
            disabled={props.ready === false}
            armed={armed()}
            onClick={submit}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <Opened label={props.verb} keys={keys()} onSubmit={submit} onOpened={opened} />
      <div ref={fields} onInput={() => setTyped(true)}>
        {props.children}
      </div>
    </Dialog>
  );
}

/** Inside the dialog, because the keys of the page are disabled there. */
function Opened(props: { label: string; keys: string; onSubmit: () => void; onOpened: () => void }) {
  useActions(() => [
    {
      id: 'dialog:submit',
      label: props.label,
      keys: props.keys,
      group: 'Page',
      inInputs: true,
      run: () => props.onSubmit(),
    },
  ]);
  // The dialog first focuses its close button.
  onMount(() => setTimeout(() => props.onOpened(), 50));
  return null;
}
