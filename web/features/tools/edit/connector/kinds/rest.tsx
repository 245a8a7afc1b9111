import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { HeadersField } from './headers-field.tsx';

export const restForm: ConnectorKindForm = {
  label: 'REST API',
  start: { baseUrl: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/baseUrl"
        label="Base URL"
        mono
        required
        placeholder="https://api.example.com/v1"
        help="Tools append their path to it."
      />
      <HeadersField />
    </>
  ),
};
