import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const hmacForm: AuthForm = {
  label: t('Signed requests (HMAC)'),
  start: { signs: '{body}', header: 'X-Signature', format: '{signature}' },
  Fields: () => (
    <>
      <TextField
        pointer="/auth/signs"
        label={t('What is signed')}
        help="{method}, {host}, {path}, {query}, {target} (path and query), {timestamp}, {nonce}, {keyId}, {body}, {bodyDigest}; the rest is literal."
        mono
        required
        rows={2}
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/auth/algorithm"
          label={t('Algorithm')}
          otherwise="sha256"
          options={[
            { value: 'sha256', label: 'HMAC-SHA256' },
            { value: 'sha512', label: 'HMAC-SHA512' },
            { value: 'sha1', label: t('HMAC-SHA1 (old)') },
          ]}
        />
        <SelectField
          pointer="/auth/encoding"
          label={t('Signature written as')}
          otherwise="hex"
          options={[
            { value: 'hex', label: t('Hexadecimal') },
            { value: 'base64', label: 'Base64' },
          ]}
        />
        <TextField pointer="/auth/header" label={t('Header of the signature')} mono required />
        <TextField
          pointer="/auth/format"
          label={t('What that header says')}
          help={t('Such as sha256={signature}.')}
          mono
          required
        />
        <SelectField
          pointer="/auth/timestamp"
          label={t('Timestamp written as')}
          otherwise="seconds"
          options={[
            { value: 'seconds', label: t('Seconds since 1970') },
            { value: 'milliseconds', label: t('Milliseconds since 1970') },
            { value: 'iso', label: t('ISO 8601') },
          ]}
        />
        <TextField pointer="/auth/keyId" label={t('Key ID')} mono optional />
      </div>
      <div class="flex flex-col gap-1">
        <p class="font-medium text-sm">{t('Further headers')}</p>
        <JsonPart
          pointer="/auth/headers"
          label={t('Further headers as JSON')}
          height="90px"
          help={t('Such as {"X-Timestamp": "{timestamp}", "X-Key": "{keyId}"}.')}
        />
      </div>
      <SelectField
        pointer="/auth/secretEncoding"
        label={t('The secret is written as')}
        otherwise="text"
        options={[
          { value: 'text', label: t('Text') },
          { value: 'base64', label: 'Base64' },
          { value: 'hex', label: t('Hexadecimal') },
        ]}
      />
      <SecretField field="secret" label={t('Secret')} />
    </>
  ),
};
