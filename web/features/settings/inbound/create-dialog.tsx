import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import {
  type InboundScheme,
  inboundSchemes,
  schemeFacts,
} from '../../../../shared/inbound/inbound-schemes.ts';
import { mapTexts } from '../../../../shared/words/map-texts.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { HmacFields, type HmacForm, noHmac, toHmac } from './hmac-fields.tsx';
import type { Template } from './inbound-words.ts';
import type { ShownSecret } from './secret-dialog.tsx';

const templateTexts = new Set(['title', 'description', 'note', 'resolution']);

/** Adds an endpoint, from a template or by its scheme. */
export function CreateDialog(props: { onClose: () => void; onCreated: (shown: ShownSecret) => void }) {
  const client = useQueryClient();
  // One for each opening, so that a second press creates nothing.
  const idempotencyKey = uuidv7();
  const templates = useQuery(() => queries.inboundWebhooks.templates());
  // What is copied of a template is then theirs, so it is in their language.
  const offered = () => (templates.data?.items ?? []).map((each) => mapTexts(each, templateTexts, said));
  const [template, setTemplate] = createSignal<Template>();
  const [name, setName] = createSignal('');
  const [scheme, setScheme] = createSignal<InboundScheme>('standard');
  const [secret, setSecret] = createSignal('');
  const [hmac, setHmac] = createSignal<HmacForm>(noHmac);
  const facts = () => schemeFacts[scheme()];

  function choose(id: string): void {
    const found = offered().find((each) => each.id === id);
    setTemplate(found);
    if (!found) return;
    setScheme(found.scheme);
    if (name().trim() === '') setName(found.title);
  }
  async function create(): Promise<void> {
    const made = await api.inboundWebhooks.create.mutate({
      name: name().trim(),
      scheme: scheme(),
      ...(secret() && { secret: secret() }),
      ...(scheme() === 'hmac' && { hmac: toHmac(hmac()) }),
      actions: template()?.actions ?? [],
      idempotencyKey,
    });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inboundWebhooks') });
    const { receiveUrl } = made;
    const setup = (template()?.setup ?? []).map((each) => said(each));
    props.onCreated({ name: made.name, receiveUrl, secret: made.secret, setup, previousUntil: null });
  }

  return (
    <FormDialog
      title={t('Add endpoint')}
      width="560px"
      verb={t('Add endpoint')}
      ready={name().trim() !== '' && (facts().made || secret() !== '')}
      send={create}
      failed={t('The endpoint was not added.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <Field label={t('What sends to it')} help={template()?.description}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={template()?.id ?? ''}
                onChange={(event) => choose(event.currentTarget.value)}
              >
                <option value="">{t('Something else')}</option>
                <For each={offered()}>
                  {({ id, title }) => (
                    <option value={id} selected={id === (template()?.id ?? '')}>
                      {title}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TextInput
            label={t('Name')}
            required
            maxLength={120}
            value={name()}
            onInput={setName}
            error={issueAt('/name')}
          />
          <Field label={t('How it proves who it is')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={scheme()}
                disabled={template() !== undefined}
                onChange={(event) => setScheme(event.currentTarget.value as InboundScheme)}
              >
                <For each={inboundSchemes}>
                  {(each) => (
                    <option value={each} selected={each === scheme()}>
                      {said(schemeFacts[each].title)}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <Show when={scheme() === 'hmac'}>
            <HmacFields value={hmac()} onChange={setHmac} issueAt={issueAt} />
          </Show>
          <TextInput
            label={t('Secret')}
            required={!facts().made}
            mono
            maxLength={4096}
            spellcheck={false}
            value={secret()}
            onInput={setSecret}
            error={issueAt('/secret')}
            help={`${plain(said(facts().secret))}. ${facts().made ? t('Empty: Interlock makes one and shows it once.') : t('The source shows it. It is stored in the vault and not shown again.')}`}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Without the marks of code, and with a capital. */
const plain = (text: string): string => {
  const words = text.replaceAll('`', '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};
