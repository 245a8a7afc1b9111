import { createMemo, createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { useQuery } from '../../../../../api/query.ts';
import { queries } from '../../../../../api/trpc.ts';
import { SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../../words/words.ts';
import { authFor } from '../../auth/inherit.tsx';
import { InputChips } from '../../input-chips.tsx';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateField } from '../../template-input.tsx';
import { useToolForm } from '../../tool-form-state.ts';
import { AddressLines } from './address-lines.tsx';
import { MailServerFields } from './mail-server-fields.tsx';

/** Who sends what to whom, and by which server. */
export function EmailMessage() {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const servers = createMemo(() =>
    (connectors.isSuccess ? connectors.data.items : []).filter((each) => each.kind === 'smtp'),
  );
  const connectorId = () => form.text('/config/connectorId');
  const connector = () => servers().find((each) => each.id === connectorId());
  const [kept, setKept] = createSignal<Record<string, unknown>>({});

  /** A definition has a server of its own, or a connector: never both. */
  const setConnector = (id: string) => {
    const config = form.at('/config');
    const { host, port, tls, ca, connectorId: _id, ...rest } = isObject(config) ? config : {};
    if (host !== undefined) setKept({ host, port, tls, ca });
    const own = Object.entries(kept()).filter(([, value]) => value !== undefined);
    form.set('/config', {
      ...(id ? { connectorId: id } : { host: '', tls: 'starttls', ...Object.fromEntries(own) }),
      ...rest,
    });
    form.set('/auth', authFor(form.at('/auth'), id !== ''));
  };

  return (
    <>
      <Show when={servers().length > 0 || connectorId()}>
        <div class="max-w-80">
          <SelectField
            pointer="/config/connectorId"
            label={t('Send with')}
            value={connectorId()}
            options={[
              { value: '', label: t('A mail server of this tool') },
              ...servers().map((each) => ({
                value: each.id,
                label: `Connector: ${each.title ?? each.name}`,
              })),
              ...(connectorId() && connectors.isSuccess && !connector()
                ? [{ value: connectorId(), label: t('Unknown connector') }]
                : []),
            ]}
            onChange={setConnector}
          />
        </div>
      </Show>
      <Show when={!connectorId()}>
        <MailServerFields base="/config" />
      </Show>
      <InputChips />
      <TemplateField
        pointer="/config/from"
        label={t('From')}
        required={!connectorId()}
        placeholder="Acme Support <support@acme.example>"
        help={connectorId() ? t('Left out: the sender of the connector.') : undefined}
      />
      <AddressLines
        pointer="/config/to"
        label={t('To')}
        placeholder="{customerName} <{customerEmail}>"
        help={t('One on each line. An input alone, like {recipients}, may be an address or a list of them.')}
      />
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <AddressLines pointer="/config/cc" label={t('Cc')} />
        <AddressLines pointer="/config/bcc" label={t('Bcc')} />
        <AddressLines pointer="/config/replyTo" label={t('Reply to')} />
      </div>
      <TemplateField
        pointer="/config/subject"
        label={t('Subject')}
        placeholder={t('Your refund of {amount}')}
      />
      <TemplateField pointer="/config/text" label={t('Text')} rows={6} />
      <TemplateField
        pointer="/config/html"
        label={t('HTML')}
        rows={4}
        help={t('Optional, beside the text. Inputs are escaped: they appear as text and bring no elements.')}
      />
      <Show
        when={Array.isArray(form.at('/config/attachments'))}
        fallback={
          <TemplateField
            pointer="/config/attachments"
            label={t('Attachments')}
            placeholder="{files}"
            help={t(
              'An input that holds a file or a list of them, each with filename, contentType and content (base64).',
            )}
          />
        }
      >
        <JsonPart pointer="/config/attachments" label={t('Attachments as JSON')} height="120px" />
      </Show>
      <PairRows
        pointer="/config/headers"
        label={t('Further headers')}
        one={t('header')}
        namePlaceholder="X-Case"
        optional
      />
    </>
  );
}
