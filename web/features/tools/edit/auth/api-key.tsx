import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const apiKeyForm: AuthForm = {
  label: t('API key'),
  start: { in: 'header', name: 'x-api-key' },
  Fields: () => (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/auth/in"
          label={t('Sent in')}
          options={[
            { value: 'header', label: t('Header') },
            { value: 'query', label: t('Query parameter') },
            { value: 'cookie', label: t('Cookie') },
          ]}
        />
        <TextField pointer="/auth/name" label={t('Name of the header, parameter or cookie')} mono required />
      </div>
      <SecretField field="value" label={t('Key')} />
    </>
  ),
};
