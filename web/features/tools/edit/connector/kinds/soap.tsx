import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const soapForm: ConnectorKindForm = {
  label: t('SOAP service'),
  start: { wsdl: '' },
  Fields: () => (
    <>
      <TextField
        pointer="/wsdl"
        label={t('WSDL')}
        mono
        rows={8}
        required
        placeholder="<definitions …>"
        help={t('Its text, with its schemas in it. Nothing that it imports is fetched.')}
      />
      <TextField
        pointer="/endpoint"
        label={t('Endpoint')}
        mono
        optional
        placeholder="https://api.example.com/soap"
        help={t('In place of the address in the WSDL.')}
      />
    </>
  ),
};
