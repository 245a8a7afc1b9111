import { createSignal, For, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { api, queries } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { HmacFields, type HmacForm, noHmac, toHmac } from './hmac-fields.tsx';
import type { Endpoint } from './inbound-words.ts';

/** Schemes whose deliveries have no id of their own. */
const withIdHeader = ['hmac', 'bearer', 'basic'];

/** Edits everything about an endpoint but its actions and its secret. */
export function EditDialog(props: {
  endpoint: Endpoint;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}) {
  const { id, revision, scheme, rateLimit, accountable } = props.endpoint;
  const members = useQuery(() => queries.members.list());
  const [form, setForm] = createStore({
    name: props.endpoint.name,
    description: props.endpoint.description,
    idHeader: props.endpoint.idHeader ?? '',
    perMinute: String(rateLimit.requestsPerMinute),
    burst: String(rateLimit.burst),
    accountable: accountable?.id ?? '',
  });
  const { hmac: before } = props.endpoint;
  const [hmac, setHmac] = createSignal<HmacForm>(
    before ? { ...before, timestampHeader: before.timestampHeader ?? '' } : noHmac,
  );

  async function save(): Promise<void> {
    await api.inboundWebhooks.update.mutate({
      id,
      name: form.name.trim(),
      description: form.description.trim(),
      ...(withIdHeader.includes(scheme) && { idHeader: form.idHeader.trim() || null }),
      ...(scheme === 'hmac' && { hmac: toHmac(hmac()) }),
      rateLimit: { requestsPerMinute: Number(form.perMinute), burst: Number(form.burst) },
      ...(form.accountable && { accountableUserId: form.accountable }),
      ifMatch: entityTag(revision),
    });
    await props.onSaved();
    toast(t`${form.name.trim()} saved`);
    props.onClose();
  }

  return (
    <FormDialog
      title={t`Edit ${props.endpoint.name}`}
      width="560px"
      verb={t('Save')}
      ready={form.name.trim() !== ''}
      send={save}
      failed={t('The endpoint was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('Name')}
            required
            maxLength={120}
            value={form.name}
            onInput={(name) => setForm({ name })}
            error={issueAt('/name')}
          />
          <TextInput
            label={t('Description')}
            rows={2}
            maxLength={1000}
            value={form.description}
            onInput={(description) => setForm({ description })}
            error={issueAt('/description')}
          />
          <Field
            label={t('Accountable')}
            help={t('The endpoint does no more than this person may.')}
            error={issueAt('/accountableUserId')}
          >
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={form.accountable}
                onChange={(event) => setForm({ accountable: event.currentTarget.value })}
              >
                <Show when={accountable === null}>
                  <option value="">{t('No one')}</option>
                </Show>
                <For each={members.data?.items}>
                  {(member) => (
                    <option value={member.id} selected={member.id === form.accountable}>
                      {member.name}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <TextInput
              label={t('Deliveries a minute')}
              value={form.perMinute}
              onInput={(perMinute) => setForm({ perMinute })}
              error={issueAt('/rateLimit/requestsPerMinute')}
            />
            <TextInput
              label={t('Deliveries at once')}
              value={form.burst}
              onInput={(burst) => setForm({ burst })}
              error={issueAt('/rateLimit/burst')}
            />
          </div>
          <Show when={withIdHeader.includes(scheme)}>
            <TextInput
              label={t('Header that identifies a delivery')}
              mono
              value={form.idHeader}
              onInput={(idHeader) => setForm({ idHeader })}
              error={issueAt('/idHeader')}
              help={t('Empty: the same content within an hour is the same delivery.')}
            />
          </Show>
          <Show when={scheme === 'hmac'}>
            <HmacFields value={hmac()} onChange={setHmac} issueAt={issueAt} />
          </Show>
        </>
      )}
    </FormDialog>
  );
}
