import { useQueryClient } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { queries } from '../../../api/trpc.ts';
import { SwitchField } from '../../../kit/document-form/bound-fields.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { t } from '../../../words/words.ts';
import { providerFormOf } from './providers/registry.ts';
import { useToolForm } from './tool-form-state.ts';

/** How the response becomes the output, and how the output is checked. */
export function OutputSection() {
  const form = useToolForm();
  const client = useQueryClient();
  /** What the tool has answered last. */
  const lastOutput = () => {
    const id = form.editing?.id;
    if (id === undefined) return undefined;
    return async (): Promise<unknown> => {
      const { items } = await client.fetchQuery(
        queries.executions.list({ toolId: id, status: 'succeeded', limit: 1 }),
      );
      const [last] = items;
      return last ? (await client.fetchQuery(queries.executions.get({ id: last.id }))).output : null;
    };
  };
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
        <SchemaEditor
          pointer="/outputSchema"
          label={t('Output fields')}
          one={t('field')}
          of="output"
          lastExample={lastOutput()}
        />
      </Show>
    </FormSection>
  );
}
