import { Show } from 'solid-js';
import { SwitchField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';

export function DatabaseLimits() {
  const form = useDocumentForm();
  return (
    <Show when={form.at('/config/readOnly') === false}>
      <SwitchField
        pointer="/idempotent"
        label={t('A second run changes nothing')}
        help={
          form.at('/idempotent') === true
            ? t('A write without a response is run again.')
            : t(
                'A write without a response is not run again, because it could act twice. The execution ends as “outcome unknown”, and a person decides. Enable this only for a statement such as “set this value” or “insert unless it is there”.',
              )
        }
      />
    </Show>
  );
}
