import type { JSX } from 'solid-js';
import { t } from '../words/words.ts';
import { Button } from './button.tsx';
import { Sheet } from './dialog.tsx';

/** A sheet in which something is written and saved. */
export const EditSheet = (props: {
  title: string;
  description: string;
  width?: string;
  busy: boolean;
  onSave: () => void;
  onClose: () => void;
  children: JSX.Element;
}) => (
  <Sheet
    open
    onClose={props.onClose}
    width={props.width}
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
    {props.children}
  </Sheet>
);
