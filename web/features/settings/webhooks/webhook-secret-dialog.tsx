import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { t } from '../../../words/words.ts';
import { hostOf } from './webhook-dialog.tsx';

/** Shows a signing secret, once. */
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
      title={t`Signing secret of ${hostOf(props.url)}`}
      description={t('Copy it now: it is not shown again. The receiver uses it to verify deliveries.')}
      width="560px"
      footer={
        <>
          <div class="flex-1" />
          <CopyButton text={props.secret} label={t('Copy the secret')}>
            {t('Copy')}
          </CopyButton>
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('Done')}
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
            ? t('The previous secret stays valid for one day.')
            : t('Headers and signatures follow Standard Webhooks, so its libraries can verify them.')}
        </p>
      </div>
    </Dialog>
  );
}
