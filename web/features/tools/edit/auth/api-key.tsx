import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const apiKeyForm: AuthForm = {
  label: 'API key',
  start: { in: 'header', name: 'x-api-key' },
  Fields: () => (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/auth/in"
          label="Sent in"
          options={[
            { value: 'header', label: 'Header' },
            { value: 'query', label: 'Query parameter' },
            { value: 'cookie', label: 'Cookie' },
          ]}
        />
        <TextField pointer="/auth/name" label="Name of the header, parameter or cookie" mono required />
      </div>
      <SecretField field="value" label="Key" />
    </>
  ),
};
