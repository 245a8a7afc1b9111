import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const basicForm: AuthForm = {
  label: 'User name and password',
  start: { username: '' },
  Fields: () => (
    <>
      <div class="max-w-80">
        <TextField pointer="/auth/username" label="User name" required />
      </div>
      <SecretField field="password" label="Password" />
    </>
  ),
};
