import { Show } from 'solid-js';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { HttpPages } from './http-pages.tsx';

/** How the response becomes the output. */
export function HttpOutput() {
  const form = useDocumentForm();
  const streams = () => form.text('/config/stream') !== '';
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
            { value: 'xml', label: 'XML, as JSON' },
            { value: 'binary', label: 'Binary (base64)' },
            { value: 'file', label: 'File, to download' },
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
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/stream"
          label="Show while it comes"
          help="For responses that are sent in parts. The output is stored when it is complete."
          otherwise=""
          options={[
            { value: '', label: 'No' },
            { value: 'auto', label: 'If its content type is a stream' },
            { value: 'sse', label: 'Server-sent events' },
            { value: 'ndjson', label: 'JSON lines' },
            { value: 'text', label: 'Text' },
          ]}
        />
        <Show when={streams()}>
          <NumberField
            pointer="/config/streamIdleMs"
            label="Longest silence"
            unit="s"
            scale={1000}
            placeholder="30"
          />
        </Show>
      </div>
      <HttpPages />
      <SwitchField
        pointer="/config/followRedirects"
        label="Follow redirects"
        help="Only to the same host, and each one is checked. When disabled, a redirect is a failure."
      />
    </>
  );
}
