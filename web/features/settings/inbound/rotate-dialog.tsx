import { createSignal, For } from 'solid-js';
import { schemeFacts } from '../../../../shared/inbound/inbound-schemes.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import type { Endpoint } from './inbound-words.ts';
import type { ShownSecret } from './secret-dialog.tsx';

const overlaps = {
  '0': t('End at once'),
  '3600': t('One hour'),
  '86400': t('One day'),
  '604800': t('One week'),
};

/** Replaces the secret of an endpoint. */
export function RotateDialog(props: {
  endpoint: Endpoint;
  onRotated: (shown: ShownSecret) => Promise<void>;
  onClose: () => void;
}) {
  const [secret, setSecret] = createSignal('');
  const [overlap, setOverlap] = createSignal('86400');
  const { made } = schemeFacts[props.endpoint.scheme];
  return (
    <FormDialog
      title={t`Replace the secret of ${props.endpoint.name}?`}
      verb={t('Replace secret')}
      ready={made || secret() !== ''}
      failed={t('The secret was not replaced.')}
      onClose={props.onClose}
      send={async () => {
        const { id, revision } = props.endpoint;
        const rotated = await api.inboundWebhooks.rotateSecret.mutate({
          id,
          ...(secret() && { secret: secret() }),
          overlapSeconds: Number(overlap()),
          ifMatch: entityTag(revision),
        });
        const { name, receiveUrl, previousSecretUntil: previousUntil } = rotated;
        await props.onRotated({ name, receiveUrl, secret: rotated.secret, setup: [], previousUntil });
      }}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('New secret')}
            required={!made}
            mono
            maxLength={4096}
            spellcheck={false}
            value={secret()}
            onInput={setSecret}
            error={issueAt('/secret')}
            help={made ? t('Empty: Interlock makes one and shows it once.') : t('The source shows it.')}
          />
          <Field label={t('The secret of today stays valid for')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={overlap()}
                onChange={(event) => setOverlap(event.currentTarget.value)}
              >
                <For each={Object.entries(overlaps)}>
                  {([seconds, words]) => (
                    <option value={seconds} selected={seconds === overlap()}>
                      {words}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
