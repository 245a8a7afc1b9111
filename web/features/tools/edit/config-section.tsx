import { Dynamic } from 'solid-js/web';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { providerFormOf } from './providers/registry.ts';
import { useToolForm } from './tool-form-state.ts';

/** What the provider does. */
export function ConfigSection() {
  const form = useToolForm();
  const provider = () => providerFormOf(form.text('/type'));
  return (
    <FormSection id="request" title={provider().title} lead={provider().lead}>
      <Dynamic component={provider().Config} />
    </FormSection>
  );
}
