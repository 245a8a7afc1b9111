import { Show } from 'solid-js';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';
import type { ProviderForm } from '../provider-form.ts';

export const dummyForm: ProviderForm = {
  label: t('Dummy: returns a fixed response'),
  title: t('Response'),
  lead: t('Nothing leaves Interlock. Use it to try out playbooks, retries and failures.'),
  Config: DummyConfig,
};

function DummyConfig() {
  const form = useDocumentForm();
  return (
    <>
      <div class="max-w-60">
        <NumberField pointer="/config/delayMs" label={t('Delay')} unit="s" scale={1000} placeholder="0" />
      </div>
      <div>
        <p class="pb-1 font-medium text-sm">{t('Response')}</p>
        <JsonPart
          pointer="/config/response"
          label={t('Response')}
          height="120px"
          help={t('Any JSON value.')}
        />
      </div>
      <SwitchField
        pointer="/config/failure"
        label={t('Fail')}
        help={t('All attempts, or a share of them.')}
        start={() => ({ code: 'provider_error', message: t('The dummy provider is set to fail') })}
      />
      <Show when={form.at('/config/failure') !== undefined}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <SelectField
            pointer="/config/failure/code"
            label={t('Failure')}
            options={[
              { value: 'provider_error', label: t('Provider error') },
              { value: 'timeout', label: t('Timeout') },
            ]}
          />
          <TextField pointer="/config/failure/message" label={t('Message')} />
          <NumberField
            pointer="/config/failureRate"
            label={t('Share of attempts')}
            unit="%"
            scale={0.01}
            placeholder="100"
          />
        </div>
      </Show>
    </>
  );
}
