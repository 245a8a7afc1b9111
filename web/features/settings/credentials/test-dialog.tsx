import { createSignal, For } from 'solid-js';
import { testMethods } from '../../../../shared/tools/credential-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { inSentence, t } from '../../../words/words.ts';
import { type Credential, healthStatus } from './credential-words.ts';

/** Calls an endpoint that changes nothing, with the credential. */
export function TestDialog(props: {
  credential: Credential;
  onDone: (words: string) => Promise<void>;
  onClose: () => void;
}) {
  const [method, setMethod] = createSignal(props.credential.test?.method === 'HEAD' ? 'HEAD' : 'GET');
  const [url, setUrl] = createSignal(props.credential.test?.url ?? firstUrl(props.credential));
  async function send(): Promise<void> {
    const tested = await api.credentials.test.mutate({
      id: props.credential.id,
      method: method() as 'GET' | 'HEAD',
      url: url().trim(),
    });
    await props.onDone(`${props.credential.name}: ${inSentence(healthStatus(tested).word)}`);
  }
  return (
    <FormDialog
      title={t`Test ${props.credential.name}`}
      description={t(
        'One request with the credential. Choose an endpoint that only reads, and that refuses a wrong credential.',
      )}
      width="560px"
      verb={t('Send')}
      ready={url().trim() !== ''}
      send={send}
      failed={t('The credential was not tested.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <div class="grid grid-cols-[96px_minmax(0,1fr)] gap-3">
          <Field label={t('Method')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={method()}
                onChange={(event) => setMethod(event.currentTarget.value)}
              >
                <For each={testMethods}>{(each) => <option selected={each === method()}>{each}</option>}</For>
              </select>
            )}
          </Field>
          <TextInput
            label={t('URL')}
            required
            mono
            maxLength={2048}
            error={issueAt('/url') ?? issueAt('/auth')}
            value={url()}
            onInput={setUrl}
          />
        </div>
      )}
    </FormDialog>
  );
}

/** Where the credential may be sent first. */
function firstUrl({ allowedHosts }: Credential): string {
  const host = allowedHosts.at(-1) ?? '';
  return host.endsWith(':443') ? `https://${host.slice(0, -4)}/` : `http://${host}/`;
}
