import { Show } from 'solid-js';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { SchemaEditor } from '../../../../kit/schema-editor/schema-editor.tsx';
import { t } from '../../../../words/words.ts';

const start = () => ({
  type: 'object',
  required: ['note'],
  properties: { note: { type: 'string', title: t('Note') } },
});

/** The form of a step, as a JSON Schema. */
export function FormFields(props: { pointer: string; help: string }) {
  const form = useDocumentForm();
  return (
    <Show
      when={form.at(props.pointer) !== undefined}
      fallback={
        <div data-pointer={props.pointer}>
          <button
            type="button"
            class="text-accent hover:text-accent-hover"
            onClick={() => form.set(props.pointer, start())}
          >
            {t('Add a form')}
          </button>
          <span class="ml-2 text-faint">{props.help}</span>
        </div>
      }
    >
      <fieldset class="min-w-0">
        <legend class="w-full pb-1 font-medium text-sm">
          {t('Form')}
          <button
            type="button"
            class="ml-3 font-normal text-muted hover:text-text"
            onClick={() => form.set(props.pointer, undefined)}
          >
            {t('Remove the form')}
          </button>
        </legend>
        <p class="pb-1 text-faint text-sm">{props.help}</p>
        <SchemaEditor
          pointer={props.pointer}
          label={t('Fields of the form')}
          one={t('field')}
          files
          preview
        />
      </fieldset>
    </Show>
  );
}
