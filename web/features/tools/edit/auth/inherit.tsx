import { Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';

/** What auth becomes when a tool gets a connector or loses it: its own stays, and none is inherited. */
export function authFor(auth: unknown, connected: boolean): unknown {
  const type = isObject(auth) ? auth.type : undefined;
  if (connected) return type === undefined || type === 'none' ? { type: 'inherit' } : auth;
  return type === 'inherit' ? { type: 'none' } : auth;
}

export const inheritForm: AuthForm = {
  label: t('Inherit from the connector'),
  start: {},
  Fields: () => {
    const form = useDocumentForm();
    return (
      <p class="text-faint text-sm">
        <Show
          when={form.text('/config/connectorId')}
          fallback={t('This tool has no connector. Choose another kind.')}
        >
          {t('The auth of the connector is used, whatever it becomes.')}
        </Show>
      </p>
    );
  },
};
