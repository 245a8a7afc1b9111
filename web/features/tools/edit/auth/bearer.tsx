import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const bearerForm: AuthForm = {
  label: t('Bearer token'),
  start: {},
  Fields: () => <SecretField field="token" label={t('Token')} />,
};
