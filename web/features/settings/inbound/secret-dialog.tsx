import { For, Show } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { inSentence, t } from '../../../words/words.ts';

export interface ShownSecret {
  name: string;
  receiveUrl: string;
  /** Null: the source made it. */
  secret: string | null;
  /** What to do at the source. */
  setup: readonly string[];
  /** In ISO 8601; null: no other secret is valid. */
  previousUntil: string | null;
}

/** Shows where a source sends, and the secret once. */
export function SecretDialog(props: { shown: ShownSecret; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t`Connect ${props.shown.name}`}
      description={
        props.shown.secret === null
          ? t('The source proves with its own secret who it is.')
          : t('Copy the secret now: it is not shown again.')
      }
      width="600px"
      footer={
        <>
          <div class="flex-1" />
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Copied label={t('Receive URL')} text={props.shown.receiveUrl} />
        <Show when={props.shown.secret}>{(secret) => <Copied label={t('Secret')} text={secret()} />}</Show>
        <Show when={props.shown.previousUntil}>
          <p class="text-muted text-sm">
            {t('The secret before stays valid during the overlap, so that the source can switch.')}
          </p>
        </Show>
        <Show when={props.shown.setup.length > 0}>
          <ol aria-label={t('At the source')} class="list-decimal pl-5 text-sm">
            <For each={props.shown.setup}>
              {(step) => (
                <li class="break-words">
                  <Step text={step.replaceAll('{receiveUrl}', props.shown.receiveUrl)} />
                </li>
              )}
            </For>
          </ol>
        </Show>
      </div>
    </Dialog>
  );
}

const Copied = (props: { label: string; text: string }) => (
  <div class="flex flex-col gap-1">
    <span class="font-medium text-sm">{props.label}</span>
    <div class="flex items-start gap-2 rounded-md bg-sunken px-3 py-2">
      <code class="min-w-0 flex-1 select-all break-all font-mono text-sm">{props.text}</code>
      <CopyButton text={props.text} label={t`Copy the ${inSentence(props.label)}`} />
    </div>
  </div>
);

/** A sentence with code between backticks. */
const Step = (props: { text: string }) => (
  <For each={props.text.split('`')}>
    {(part, index) => (index() % 2 === 1 ? <code class="break-all font-mono">{part}</code> : part)}
  </For>
);
