import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { HeadersField } from './headers-field.tsx';

export const restForm: ConnectorKindForm = {
  label: t('REST API'),
  start: { baseUrl: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/baseUrl"
        label={t('Base URL')}
        mono
        required
        placeholder="https://api.example.com/v1"
        help={t('Tools append their path to it.')}
      />
      <HeadersField />
    </>
  ),
};
