import { createSignal, type JSX } from 'solid-js';
import { t } from '../words/words.ts';
import { Button } from './button.tsx';
import { Sheet } from './dialog.tsx';

/** A sheet in which something is written and saved. */
export function EditSheet(props: {
  title: string;
  description: string;
  width?: string;
  busy: boolean;
  onSave: () => void;
  onClose: () => void;
  children: JSX.Element;
}) {
  const [typed, setTyped] = createSignal(false);
  return (
    <Sheet
      open
      onClose={props.onClose}
      width={props.width}
      unsent={typed()}
      title={props.title}
      description={props.description}
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{t('Cancel')}</Button>
          <Button variant="primary" busy={props.busy} onClick={() => props.onSave()}>
            {t('Save')}
          </Button>
        </>
      }
    >
      <div onInput={() => setTyped(true)}>{props.children}</div>
    </Sheet>
  );
}
