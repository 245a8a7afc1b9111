import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { inherits } from '../../../../shared/tools/auth/registry.ts';
import { takesAuth } from '../../../../shared/tools/providers/registry.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { SelectField } from '../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../kit/document-form/document-form.ts';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { JsonPart } from '../../../kit/document-form/json-part.tsx';
import { t } from '../../../words/words.ts';
import { authFormOf, authForms } from './auth/registry.ts';
import { hasSecret, StoredCredential } from './credential/stored-credential.tsx';

/** How a tool authenticates, or the tools of a connector, which inherits from nothing. A credential is a secret. */
export function AuthSection(props: { of?: 'connector' | 'credential' }) {
  const form = useDocumentForm();
  const type = () => form.text('/auth/type') || (form.text('/config/connectorId') ? 'inherit' : 'none');
  const auth = () => authFormOf(type());
  /** The present one is offered too: it may come from the JSON. */
  const fits = (value: string) =>
    value === type() ||
    inherits({ type: value }) ||
    takesAuth({ type: form.text('/type'), auth: { type: value } });
  const options = () =>
    Object.entries(authForms)
      .filter(([value]) => props.of !== 'connector' || !inherits({ type: value }))
      .filter(([value]) => props.of !== 'credential' || hasSecret(value))
      .filter(([value]) => props.of !== undefined || fits(value))
      .map(([value, { label }]) => ({ value, label }));
  /** What was set for one kind is there again when it is chosen again. */
  const kept = new Map<string, unknown>();
  const setType = (next: string) => {
    kept.set(type(), form.at('/auth'));
    form.set('/auth', kept.get(next) ?? { type: next, ...authFormOf(next)?.start });
  };
  return (
    <FormSection id="auth" title={t('Auth')}>
      <div class="max-w-80">
        <SelectField
          pointer="/auth/type"
          label={t('Kind')}
          value={type()}
          options={options()}
          onChange={setType}
        />
      </div>
      <Show when={props.of !== 'credential' && hasSecret(type())}>
        <StoredCredential type={type()} />
      </Show>
      <Show
        when={auth()}
        fallback={
          <JsonPart
            pointer="/auth"
            label={t('Auth as JSON')}
            height="160px"
            required
            help={t('This page has no fields for this kind of auth.')}
          />
        }
      >
        {(known) => (
          <BelowLoading>
            <Dynamic component={known().Fields} />
          </BelowLoading>
        )}
      </Show>
    </FormSection>
  );
}
