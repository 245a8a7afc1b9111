import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const bearerForm: AuthForm = {
  label: 'Bearer token',
  start: {},
  Fields: () => <SecretField field="token" label="Token" />,
};
