import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const standardWebhooksForm: AuthForm = {
  label: t('Standard Webhooks signature'),
  start: {},
  Fields: () => {
    const form = useDocumentForm();
    return (
      <>
        <p class="max-w-160 text-faint text-sm">
          {t(
            'Each request has the headers webhook-id, webhook-timestamp and webhook-signature. The id is that of the execution, the same for every attempt. While a rotation overlaps, a request carries a signature of both secrets.',
          )}
        </p>
        <div class="max-w-80">
          <SelectField
            pointer="/auth/signature"
            label={t('Signature')}
            otherwise="v1"
            options={[
              { value: 'v1', label: t('v1: a shared secret (HMAC-SHA256)') },
              { value: 'v1a', label: t('v1a: a key pair (Ed25519)') },
            ]}
            help={t('With v1a, receivers verify with your public key, and cannot sign.')}
          />
        </div>
        <SecretField
          field="secret"
          label={form.text('/auth/signature') === 'v1a' ? t('Private key (whsk_…)') : t('Secret (whsec_…)')}
        />
      </>
    );
  },
};
