import { Show } from 'solid-js';
import { SwitchField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { JsonPart } from '../../../kit/document-form/json-part.tsx';
import { NumberField } from '../../../kit/document-form/number-field.tsx';
import { t } from '../../../words/words.ts';
import { useToolForm } from './tool-form-state.ts';

/** The tool that undoes what this one has done. */
export function UndoSection() {
  const form = useToolForm();
  return (
    <FormSection id="undo" title={t('Undo')}>
      <SwitchField
        pointer="/undo"
        label={t('Another tool undoes what this one has done')}
        help={t(
          'It is offered on the page of each execution, and says before a call whether the call can be undone.',
        )}
        start={() => ({ tool: '', input: {} })}
      />
      <Show when={form.at('/undo') !== undefined}>
        <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
          <TextField
            pointer="/undo/tool"
            label={t('Tool that undoes it')}
            mono
            required
            placeholder="release_hold"
          />
          <NumberField
            pointer="/undo/withinMs"
            label={t('Possible for')}
            unit="h"
            scale={3_600_000}
            placeholder={t('No limit')}
          />
        </div>
        <JsonPart
          pointer="/undo/input"
          label={t('Its input')}
          height="140px"
          help={'Use ${{ input.… }} and ${{ output.… }} of the execution that is undone.'}
        />
        <TextField
          pointer="/undo/cannot"
          label={t('What stays')}
          optional
          maxLength={500}
          placeholder={t('The message to the customer.')}
          help={t('People read it before they execute and approve the tool.')}
        />
      </Show>
    </FormSection>
  );
}
