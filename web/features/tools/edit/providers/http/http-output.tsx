import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';

/** How the response becomes the output. */
export function HttpOutput() {
  return (
    <>
      <TextField
        pointer="/config/transform"
        label="JSONata transform"
        mono
        rows={3}
        placeholder={'{ "refundId": body.id, "state": $lowercase(body.state) }'}
        help="Can use status, headers and body of the response. Without it the output is the body."
      />
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/responseType"
          label="Response type"
          otherwise="auto"
          options={[
            { value: 'auto', label: 'From the content type' },
            { value: 'json', label: 'JSON' },
            { value: 'text', label: 'Text' },
            { value: 'binary', label: 'Binary (base64)' },
          ]}
        />
        <NumberField
          pointer="/config/maxResponseBytes"
          label="Maximum response size"
          unit="kB"
          scale={1024}
          placeholder="1024"
        />
      </div>
      <SwitchField
        pointer="/config/followRedirects"
        label="Follow redirects"
        help="Only to the same host, and each one is checked. When disabled, a redirect is a failure."
      />
    </>
  );
}
