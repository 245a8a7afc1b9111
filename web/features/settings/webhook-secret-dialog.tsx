import { Button } from '../../kit/button.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { hostOf } from './webhook-dialog.tsx';

/** The one time that a signing secret shows. */
export function WebhookSecretDialog(props: {
  url: string;
  secret: string;
  replaced: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Signing secret of ${hostOf(props.url)}`}
      description="It is shown this once. The receiver checks with it that a delivery comes from here."
      width="560px"
      footer={
        <>
          <div class="flex-1" />
          <CopyButton text={props.secret} label="Copy the secret">
            Copy
          </CopyButton>
          <Button variant="primary" onClick={() => props.onClose()}>
            Done
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-2 px-5 pb-4">
        <code class="block rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
          {props.secret}
        </code>
        <p class="text-muted text-sm">
          {props.replaced
            ? 'The secret before signs beside it for one more day.'
            : 'Headers and signature follow Standard Webhooks; its libraries check them.'}
        </p>
      </div>
    </Dialog>
  );
}
