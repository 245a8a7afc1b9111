import { createSignal, For, Show } from 'solid-js';
import { useActions } from '../../../../../kit/actions.ts';
import { Button } from '../../../../../kit/button.tsx';
import { Field, inputClass } from '../../../../../kit/field.tsx';
import { SubmitDialog } from '../../../../../kit/submit-dialog.tsx';
import { said } from '../../../../../words/said.ts';
import { t } from '../../../../../words/words.ts';
import { authTypeWord } from '../../../parts/tool-words.ts';
import { useToolForm } from '../../tool-form-state.ts';
import type { CurlRequest } from './curl-request.ts';

/** Fills the request from a curl command. Its credential goes under Auth, never into the request. */
export function PasteCurl() {
  const [open, setOpen] = createSignal(false);
  useActions(() => [
    {
      id: 'tool:curl',
      label: t('Paste curl'),
      keys: 'mod+shift+u',
      group: 'Page',
      inInputs: true,
      run: () => setOpen(true),
    },
  ]);
  return (
    <>
      <Button class="w-fit" keys="mod+shift+u" onClick={() => setOpen(true)}>
        {t('Paste curl')}
      </Button>
      <Show when={open()}>
        <CurlDialog onClose={() => setOpen(false)} />
      </Show>
    </>
  );
}

function CurlDialog(props: { onClose: () => void }) {
  const form = useToolForm();
  let input: HTMLTextAreaElement | undefined;
  const [text, setText] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [read, setRead] = createSignal<CurlRequest | null>(null);
  /** @param asked the person says that it is complete: what cannot be read is a problem */
  const look = async (asked: boolean) => {
    const before = text();
    try {
      const { curlRequest } = await import('./curl-request.ts');
      if (before === text()) setRead(curlRequest(before));
    } catch (error) {
      if (asked) setProblem(said(error instanceof Error ? error.message : String(error)));
    }
  };
  const fill = (request: CurlRequest) => {
    const isNew = form.text('/name') === '' && form.text('/title') === '';
    form.document.replace({
      ...form.value(),
      ...(isNew && { name: request.name, title: request.title }),
      config: request.config,
      ...(request.auth.type !== 'none' && { auth: request.auth }),
    });
    props.onClose();
  };
  return (
    <SubmitDialog
      title={t('Paste a curl command')}
      description={t('It replaces the request of this form. Nothing is sent.')}
      width="680px"
      verb={read() ? t('Fill the form') : t('Read it')}
      busy={false}
      ready={text().trim() !== ''}
      onSubmit={() => {
        const request = read();
        if (request) fill(request);
        else void look(true);
      }}
      onOpened={() => input?.focus()}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Field label={t('Command')} error={problem()}>
          {(field) => (
            <textarea
              {...field}
              ref={input}
              rows={6}
              spellcheck={false}
              autocomplete="off"
              placeholder={
                "curl https://api.example.com/v1/refunds -H 'Authorization: Bearer …' -d '{\"amount\": 5}'"
              }
              value={text()}
              onInput={(event) => {
                setText(event.currentTarget.value);
                setRead(null);
                setProblem(undefined);
                void look(false);
              }}
              class={`${inputClass} h-auto py-1 font-mono text-sm`}
            />
          )}
        </Field>
        <Show when={read()}>
          {(request) => (
            <div class="flex flex-col gap-1.5" role="status">
              <p class="break-all font-mono text-sm">
                {String(request().config.method)} {String(request().config.url)}
              </p>
              <Show when={request().auth.type !== 'none'}>
                <p>
                  {request().hasSecret
                    ? t`Its secret becomes a credential (${authTypeWord(String(request().auth.type))}): saving puts it into the vault, and the request does not hold it.`
                    : t`It signs in with ${authTypeWord(String(request().auth.type))}: enter the secret under Auth.`}
                </p>
              </Show>
              <For each={request().notes}>{(note) => <p class="text-muted">{said(note)}.</p>}</For>
            </div>
          )}
        </Show>
      </div>
    </SubmitDialog>
  );
}
