import { createSignal, Show } from 'solid-js';
import { api, type Outputs } from '../../../api/trpc.ts';
import { createArming } from '../../../kit/arming.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Status } from '../../../kit/status.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { readBody } from './action-draft.ts';
import type { Endpoint } from './inbound-words.ts';

/** Signs a sample with the secret of an endpoint and sends it through the door that everyone uses. */
export function TestDialog(props: {
  endpoint: Endpoint;
  onSent: () => Promise<unknown>;
  onClose: () => void;
}) {
  const [text, setText] = createSignal('');
  const [result, setResult] = createSignal<Outputs['inboundWebhooks']['test']>();
  const body = () => (text().trim() === '' ? undefined : readBody(text()));
  const { busy, error, submit } = createSubmission(async () => {
    const sent = body();
    setResult(
      await api.inboundWebhooks.test.mutate({
        id: props.endpoint.id,
        ...(sent !== undefined && { body: sent.value }),
      }),
    );
    await props.onSent();
  });
  const armed = createArming(() => props.endpoint.id);
  const invalid = () => text().trim() !== '' && body() === undefined;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t`Send a test to ${props.endpoint.name}`}
      description={t('It is received like any other delivery: its actions take effect.')}
      width="560px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{result() ? t('Close') : t('Cancel')}</Button>
          <Button
            variant="primary"
            busy={busy()}
            armed={armed()}
            disabled={invalid()}
            onClick={() => void submit()}
          >
            {t('Send')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <FailureNote failed={t('Nothing was sent.')} error={error()} />
        <TextInput
          label={t('Body')}
          mono
          rows={8}
          spellcheck={false}
          value={text()}
          onInput={setText}
          error={invalid() ? t('Not JSON.') : undefined}
          help={t('JSON. Empty: a sample of the scheme.')}
        />
        <div aria-live="polite">
          <Show when={result()}>
            {(found) => (
              <p class="flex flex-wrap items-center gap-2">
                <Status
                  kind={found().deliveryId === null ? 'failed' : 'succeeded'}
                  word={t`HTTP ${found().status}`}
                />
                {said(found().message)}
              </p>
            )}
          </Show>
        </div>
      </div>
    </Dialog>
  );
}
