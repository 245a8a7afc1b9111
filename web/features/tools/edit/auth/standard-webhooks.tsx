import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const standardWebhooksForm: AuthForm = {
  label: 'Standard Webhooks signature',
  start: {},
  Fields: () => (
    <>
      <p class="max-w-160 text-faint text-sm">
        Each request has the headers webhook-id, webhook-timestamp and webhook-signature. The id is that of
        the execution, the same for every attempt. While a rotation overlaps, a request carries a signature of
        both secrets.
      </p>
      <SecretField field="secret" label="Secret (whsec_…)" />
    </>
  ),
};
