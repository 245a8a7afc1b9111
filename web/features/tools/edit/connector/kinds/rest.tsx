import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const restForm: ConnectorKindForm = {
  label: 'REST API',
  start: { baseUrl: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/baseUrl"
        label="Base URL"
        mono
        required
        placeholder="https://api.example.com/v1"
        help="Tools append their path to it."
      />
      <div>
        <p class="pb-1 font-medium text-sm">Headers</p>
        <JsonPart pointer="/headers" label="Headers" height="96px" help="Sent with every request, as JSON." />
      </div>
    </>
  ),
};
