import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../words/words.ts';
import type { ProviderForm } from './provider-form.ts';

/** Any config as JSON. */
export const unknownForm: ProviderForm = {
  label: t('Other'),
  title: t('Configuration'),
  lead: t('This page has no fields for this type of tool. Edit its configuration as JSON.'),
  Config: () => <JsonPart pointer="/config" label={t('Configuration as JSON')} height="240px" required />,
};
