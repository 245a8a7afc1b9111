import { Show } from 'solid-js';
import { SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';
import { InputChips } from '../../input-chips.tsx';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateField } from '../../template-input.tsx';
import { TemplateJson } from '../../template-json.tsx';
import type { ProviderForm } from '../provider-form.ts';

export const webhookForm: ProviderForm = {
  label: t('Webhook: a signed message'),
  title: t('Message'),
  lead: t(
    'A POST that the receiver can verify, as Standard Webhooks defines it. The secret of the receiver is under Auth.',
  ),
  Config: WebhookConfig,
};

function WebhookConfig() {
  const form = useDocumentForm();
  const isCustom = () => form.at('/config/body') !== undefined;
  return (
    <>
      <TemplateField
        pointer="/config/url"
        label={t('URL')}
        required
        placeholder="https://receiver.example.com/hooks/orders"
      />
      <InputChips />
      <SelectField
        pointer="/config/body"
        label={t('Body')}
        value={isCustom() ? 'custom' : 'inputs'}
        options={[
          { value: 'inputs', label: t('All inputs that are not used elsewhere, as JSON') },
          { value: 'custom', label: t('Custom JSON') },
        ]}
        onChange={(next) => form.set('/config/body', next === 'custom' ? {} : undefined)}
      />
      <Show when={isCustom()}>
        <TemplateJson
          pointer="/config/body"
          label={t('Body template')}
          height="168px"
          help={t('A text that is exactly "{name}" becomes that input and keeps its type.')}
        />
      </Show>
      <PairRows
        pointer="/config/headers"
        label={t('Further headers')}
        one={t('header')}
        namePlaceholder="x-source"
        optional
      />
    </>
  );
}
