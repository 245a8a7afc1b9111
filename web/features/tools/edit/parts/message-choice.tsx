import { Show } from 'solid-js';
import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import { TemplateJson } from '../template-json.tsx';

/** What is sent as the message: the inputs as they are, or a template. */
export function MessageChoice() {
  const form = useDocumentForm();
  const hasMessage = () => form.at('/config/message') !== undefined;
  return (
    <>
      <div class="max-w-80">
        <SelectField
          pointer="/config/message"
          label={t('Message')}
          value={hasMessage() ? 'custom' : 'inputs'}
          options={[
            { value: 'inputs', label: t('The inputs') },
            { value: 'custom', label: t('Custom') },
          ]}
          onChange={(next) => form.set('/config/message', next === 'custom' ? {} : undefined)}
        />
      </div>
      <Show when={hasMessage()}>
        <TemplateJson
          pointer="/config/message"
          label={t('Message template')}
          height="168px"
          help={t('A text that is exactly "{name}" becomes that input and keeps its type.')}
        />
      </Show>
    </>
  );
}
