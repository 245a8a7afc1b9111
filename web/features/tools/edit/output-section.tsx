import { Show } from 'solid-js';
import {
  FormSection,
  NumberField,
  SelectField,
  SwitchField,
  TextArea,
} from '../../../kit/document-form/bound-fields.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { useToolForm } from './form-state.ts';

/** What becomes of the answer. */
export function OutputSection() {
  const form = useToolForm();
  const isHttp = () => form.text('/type') === 'http';
  const isChecked = () => form.at('/outputSchema') !== undefined;
  return (
    <FormSection
      id="output"
      title="Output"
      lead="The answer’s body is the output. It can be reshaped first, and checked."
    >
      <Show when={isHttp()}>
        <TextArea
          pointer="/config/transform"
          label="Reshape with JSONata"
          mono
          rows={3}
          placeholder={'{ "refundId": body.id, "state": $lowercase(body.state) }'}
          help="It sees status, headers and body of the answer. Left empty, the body is taken as it is."
        />
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <SelectField
            pointer="/config/responseType"
            label="Read the answer as"
            value={form.text('/config/responseType') || 'auto'}
            options={[
              { value: 'auto', label: 'Its content type says' },
              { value: 'json', label: 'JSON' },
              { value: 'text', label: 'Text' },
              { value: 'binary', label: 'Binary (base64)' },
            ]}
            onChange={(value) => form.set('/config/responseType', value)}
          />
          <NumberField
            pointer="/config/maxResponseBytes"
            label="Largest answer"
            unit="kB"
            scale={1024}
            placeholder="1024"
          />
        </div>
        <SwitchField
          pointer="/config/followRedirects"
          label="Follow redirects"
          help="Only to the same host, each one checked anew. Off, a redirect is a failure."
        />
      </Show>
      <SwitchField
        pointer="/outputSchema"
        label="Check the output"
        help="An output that does not fit fails the run as “invalid output”; what the provider answered is kept."
        checked={isChecked()}
        onChange={(on) => form.set('/outputSchema', on ? { type: 'object', properties: {} } : undefined)}
      />
      <Show when={isChecked()}>
        <SchemaEditor pointer="/outputSchema" label="Output fields" one="field" />
      </Show>
    </FormSection>
  );
}
