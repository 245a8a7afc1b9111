import { createSignal, For, Show } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { OwnSettings } from './own-settings.ts';

/** Sends the person a test, in the ways that they choose. */
export function SendTest(props: { settings: OwnSettings }) {
  const [email, setEmail] = createSignal(false);
  const [browser, setBrowser] = createSignal(false);
  const [channels, setChannels] = createSignal<readonly string[]>([]);
  const { busy, error, submit } = createSubmission(async () => {
    await api.notifications.test.mutate({ browser: browser(), email: email(), channels: [...channels()] });
    toast(t('The test is on its way'));
  });
  return (
    <fieldset class="flex flex-col gap-3 border-t pt-4">
      <legend class="sr-only">{t('Test')}</legend>
      <h3 class="font-medium">{t('Test')}</h3>
      <p class="max-w-[68ch] text-muted text-sm">
        {t('A test comes at once, also in quiet hours: on the page, and in the ways that you choose here.')}
      </p>
      <div class="flex flex-wrap items-center gap-4">
        <label class="flex items-center gap-1.5">
          <input type="checkbox" checked={browser()} onChange={(event) => setBrowser(event.target.checked)} />
          {t('Browser')}
        </label>
        <Show when={props.settings.email}>
          {(address) => (
            <label class="flex items-center gap-1.5">
              <input type="checkbox" checked={email()} onChange={(event) => setEmail(event.target.checked)} />
              {t`Email to ${address()}`}
            </label>
          )}
        </Show>
        <For each={props.settings.channels}>
          {({ id, name }) => (
            <label class="flex items-center gap-1.5">
              <input
                type="checkbox"
                checked={channels().includes(id)}
                onChange={(event) =>
                  setChannels((all) =>
                    event.target.checked ? [...all, id] : all.filter((each) => each !== id),
                  )
                }
              />
              {name}
            </label>
          )}
        </For>
        <Button busy={busy()} onClick={() => void submit()}>
          {t('Send me a test')}
        </Button>
      </div>
      <FailureNote failed={t('No test was sent.')} error={error()} />
    </fieldset>
  );
}
