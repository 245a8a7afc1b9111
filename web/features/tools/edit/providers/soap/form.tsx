import { Show } from 'solid-js';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';
import { InputChips } from '../../input-chips.tsx';
import { ConnectorChoice } from '../../parts/connector-choice.tsx';
import { MessageChoice } from '../../parts/message-choice.tsx';
import { OperationPicker } from '../../parts/operation-picker.tsx';
import type { ProviderForm } from '../provider-form.ts';

export const soapForm: ProviderForm = {
  label: t('SOAP operation'),
  title: t('Operation'),
  lead: t('An operation of a WSDL. Its inputs are named as the WSDL names them; attributes begin with @.'),
  Config: SoapConfig,
  Output: SoapOutput,
  Limits: SoapLimits,
};

const securities = [
  { value: 'http', label: t('In HTTP') },
  { value: 'password_text', label: t('UsernameToken with the password') },
  { value: 'password_digest', label: t('UsernameToken with a digest') },
];

function SoapConfig() {
  const form = useDocumentForm();
  return (
    <>
      <ConnectorChoice kind="soap" own={t('Custom WSDL')} replaces={{ wsdl: '', endpoint: undefined }}>
        <TextField
          pointer="/config/wsdl"
          label={t('WSDL')}
          mono
          rows={6}
          optional
          required
          placeholder="<definitions …>"
          help={t('Its text, with its schemas in it. Nothing that it imports is fetched.')}
        />
        <TextField
          pointer="/config/endpoint"
          label={t('Endpoint')}
          mono
          optional
          placeholder="https://api.example.com/soap"
          help={t('In place of the address in the WSDL.')}
        />
      </ConnectorChoice>
      <Show when={form.text('/config/connectorId')}>
        {(connectorId) => <OperationPicker connectorId={connectorId()} />}
      </Show>
      <TextField
        pointer="/config/operation"
        label={t('Operation')}
        mono
        required
        placeholder="GetQuote"
        help={t('Its name, or Port/Name where several ports have it.')}
      />
      <div class="max-w-80">
        <SelectField
          pointer="/config/security"
          label={t('User name and password')}
          otherwise="http"
          options={securities}
          help={t('Where auth of this kind goes. A UsernameToken is in the envelope (WS-Security).')}
        />
      </div>
      <InputChips />
      <MessageChoice />
    </>
  );
}

function SoapOutput() {
  return (
    <div class="max-w-60">
      <NumberField
        pointer="/config/maxResponseBytes"
        label={t('Maximum response size')}
        unit="kB"
        scale={1024}
        placeholder="1024"
      />
    </div>
  );
}

function SoapLimits() {
  const form = useDocumentForm();
  return (
    <>
      <SwitchField
        pointer="/idempotent"
        label={t('The service supports Idempotency-Key')}
        help={t(
          'Every attempt then sends the same Idempotency-Key header, and a call without a response is retried.',
        )}
      />
      <Show when={form.at('/idempotent') !== true}>
        <SelectField
          pointer="/serverErrors"
          label={t('A Server fault means')}
          help={t(
            'A service that returns a fault of its own may have done the work. A Client fault always means that nothing was done.',
          )}
          options={[
            { value: 'unknown', label: t('Outcome unknown: a person decides') },
            { value: 'not_done', label: t('Not done: retry') },
          ]}
          otherwise="unknown"
        />
      </Show>
    </>
  );
}
