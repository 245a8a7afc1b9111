import { Show } from 'solid-js';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';

export const noneForm: AuthForm = {
  label: t('None'),
  start: {},
  Fields: () => {
    const form = useDocumentForm();
    return (
      <Show when={form.text('/config/connectorId')}>
        <p class="text-faint text-sm">{t('Requests carry no credential, even if the connector has one.')}</p>
      </Show>
    );
  },
};
