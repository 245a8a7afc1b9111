import { Match, Switch } from 'solid-js';
import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { rich, t } from '../../../../words/words.ts';
import { textOf } from '../../parts/outline.ts';
import { ExpressionField } from '../expression-field.tsx';
import { InputMapping } from '../input-mapping.tsx';
import { BatchSettings } from './batch-settings.tsx';
import type { StepForm } from './step-form.ts';
import { useStepTool } from './step-tool.ts';
import { ToolPicker } from './tool-picker.tsx';

export const forEachForm: StepForm = {
  Fields: ForEachFields,
  summary: (step) => ({ text: textOf(step, 'tool'), mono: true }),
};

/** Which tool runs, over which list, and with which input for each item. */
function ForEachFields(props: { path: string }) {
  const form = useDocumentForm();
  const at = (key: string) => `${props.path}/${key}`;
  const tool = useStepTool(
    () => form.text(at('tool')),
    () => undefined,
  );
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <ToolPicker pointer={at('tool')} label={t('Tool')} />
        <TextField
          pointer={at('key')}
          label={t('Key')}
          mono
          optional
          placeholder={t('None')}
          help={t('The property that names an item: the same value runs once, in later runs too.')}
        />
      </div>
      <ExpressionField
        pointer={at('items')}
        label={t('Items')}
        required
        stepPath={props.path}
        placeholder="steps.find.output.orders"
        help={t('A list. One call is made for each item.')}
      />
      <InputMapping
        pointer={at('payload')}
        stepPath={props.path}
        schema={tool.inputSchema()}
        none={
          <Switch>
            <Match when={form.text(at('tool')) === ''}>{t('Choose a tool to see its inputs.')}</Match>
            <Match when={tool.isLoading()}>{t('Loading the inputs of the tool.')}</Match>
            <Match when={tool.isMissing()}>{t('Tool not found. Write its input as JSON.')}</Match>
          </Switch>
        }
      />
      <p class="text-faint text-sm">
        {rich`${<code class="font-mono">row</code>} is the item: ${<code class="font-mono">{'${{ row.amount }}'}</code>}.`}
      </p>
      <BatchSettings path={props.path} />
    </>
  );
}
