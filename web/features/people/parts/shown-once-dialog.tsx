import type { JSX } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { t } from '../../../words/words.ts';

/** Shows a secret, once. */
export function ShownOnceDialog(props: {
  title: string;
  description: string;
  /** What it is called on the button: "Copy the link". */
  copy: string;
  secret: string;
  onClose: () => void;
  /** What else the person should know. */
  children?: JSX.Element;
}) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      width="560px"
      footer={
        <>
          <div class="flex-1" />
          <CopyButton text={props.secret} label={props.copy}>
            {props.copy}
          </CopyButton>
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-2 px-5 pb-4">
        <code data-secret class="block rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
          {props.secret}
        </code>
        <div class="text-muted text-sm empty:hidden">{props.children}</div>
      </div>
    </Dialog>
  );
}
