import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import type { ProviderForm } from './provider-form.ts';

/** Any config as JSON. */
export const unknownForm: ProviderForm = {
  label: 'Other',
  title: 'Configuration',
  lead: 'This page has no fields for this type of tool. Edit its configuration as JSON.',
  Config: () => <JsonPart pointer="/config" label="Configuration as JSON" height="240px" required />,
};
