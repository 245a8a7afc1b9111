import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const basicForm: AuthForm = {
  label: t('User name and password'),
  start: { username: '' },
  Fields: () => (
    <>
      <div class="max-w-80">
        <TextField pointer="/auth/username" label={t('User name')} required />
      </div>
      <SecretField field="password" label={t('Password')} />
    </>
  ),
};
