import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { SwitchField } from '../../../kit/document-form/bound-fields.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { t } from '../../../words/words.ts';
import { providerFormOf } from './providers/registry.ts';
import { useToolForm } from './tool-form-state.ts';

/** How the response becomes the output, and how the output is checked. */
export function OutputSection() {
  const form = useToolForm();
  return (
    <FormSection id="output" title={t('Output')} lead={t('By default, the output is the response body.')}>
      <Show when={providerFormOf(form.text('/type')).Output}>
        {(fields) => <Dynamic component={fields()} />}
      </Show>
      <SwitchField
        pointer="/outputSchema"
        label={t('Check the output')}
        help={t(
          'If the output does not match the schema, the execution fails with “invalid output”. The response is kept.',
        )}
        start={() => ({ type: 'object', properties: {} })}
      />
      <Show when={form.at('/outputSchema') !== undefined}>
        <SchemaEditor pointer="/outputSchema" label={t('Output fields')} one="field" />
      </Show>
    </FormSection>
  );
}
