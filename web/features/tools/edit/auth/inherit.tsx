import { Show } from 'solid-js';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import type { AuthForm } from './auth-form.ts';

export const inheritForm: AuthForm = {
  label: 'Inherit from the connector',
  start: {},
  Fields: () => {
    const form = useDocumentForm();
    return (
      <p class="text-faint text-sm">
        <Show
          when={form.text('/config/connectorId')}
          fallback="This tool has no connector. Choose another kind."
        >
          The auth of the connector is used, whatever it becomes.
        </Show>
      </p>
    );
  },
};
