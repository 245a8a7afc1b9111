import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const hmacForm: AuthForm = {
  label: 'Signed requests (HMAC)',
  start: { signs: '{body}', header: 'X-Signature', format: '{signature}' },
  Fields: () => (
    <>
      <TextField
        pointer="/auth/signs"
        label="What is signed"
        help="{method}, {host}, {path}, {query}, {target} (path and query), {timestamp}, {nonce}, {keyId}, {body}, {bodyDigest}; the rest is literal."
        mono
        required
        rows={2}
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/auth/algorithm"
          label="Algorithm"
          otherwise="sha256"
          options={[
            { value: 'sha256', label: 'HMAC-SHA256' },
            { value: 'sha512', label: 'HMAC-SHA512' },
            { value: 'sha1', label: 'HMAC-SHA1 (old)' },
          ]}
        />
        <SelectField
          pointer="/auth/encoding"
          label="Signature written as"
          otherwise="hex"
          options={[
            { value: 'hex', label: 'Hexadecimal' },
            { value: 'base64', label: 'Base64' },
          ]}
        />
        <TextField pointer="/auth/header" label="Header of the signature" mono required />
        <TextField
          pointer="/auth/format"
          label="What that header says"
          help="Such as sha256={signature}."
          mono
          required
        />
        <SelectField
          pointer="/auth/timestamp"
          label="Timestamp written as"
          otherwise="seconds"
          options={[
            { value: 'seconds', label: 'Seconds since 1970' },
            { value: 'milliseconds', label: 'Milliseconds since 1970' },
            { value: 'iso', label: 'ISO 8601' },
          ]}
        />
        <TextField pointer="/auth/keyId" label="Key ID" mono optional />
      </div>
      <div class="flex flex-col gap-1">
        <p class="font-medium text-sm">Further headers</p>
        <JsonPart
          pointer="/auth/headers"
          label="Further headers as JSON"
          height="90px"
          help='Such as {"X-Timestamp": "{timestamp}", "X-Key": "{keyId}"}.'
        />
      </div>
      <SelectField
        pointer="/auth/secretEncoding"
        label="The secret is written as"
        otherwise="text"
        options={[
          { value: 'text', label: 'Text' },
          { value: 'base64', label: 'Base64' },
          { value: 'hex', label: 'Hexadecimal' },
        ]}
      />
      <SecretField field="secret" label="Secret" />
    </>
  ),
};
