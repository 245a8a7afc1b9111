import { For, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { authDefinitionOf, everyAuthDefinition } from '../../../../../shared/tools/auth/registry.ts';
import { useCan } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { type Outputs, queries } from '../../../../api/trpc.ts';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { Field, inputClass } from '../../../../kit/field.tsx';
import { t } from '../../../../words/words.ts';

type Credential = Outputs['credentials']['list']['items'][number];

/** Whether a kind of auth has a secret. */
export const hasSecret = (type: string): boolean =>
  everyAuthDefinition().some(([each, { secretField }]) => each === type && secretField !== null);

/** Uses a secret that is in the vault already, instead of a new one. Shown when there is one of this kind. */
export function StoredCredential(props: { type: string }) {
  const form = useDocumentForm();
  const can = useCan();
  const auth = (): Record<string, unknown> => {
    const value = form.at('/auth');
    return isObject(value) ? value : {};
  };
  const query = useQuery(() => ({
    ...queries.credentials.list({
      type: props.type,
      limit: 200,
      scope: form.text('/scope') === 'global' ? 'global' : 'tenant',
    }),
    enabled: can('credentials.read') && (form.text('/scope') !== 'global' || can('credentials.write_global')),
  }));
  const stored = (): readonly Credential[] => query.data?.items ?? [];
  const chosen = () => stored().find(({ id }) => id === auth().credentialId);
  const choose = (id: string) => {
    const credential = stored().find((each) => each.id === id);
    const { secretField } = authDefinitionOf({ type: props.type });
    const { credentialId: _before, [secretField ?? '']: _typed, ...rest } = auth();
    if (!credential) return form.set('/auth', rest);
    const { hasSecret: _shown, ...settings } = credential.auth ?? {};
    form.set('/auth', { ...rest, ...settings, type: props.type, credentialId: id });
  };
  return (
    <Show when={stored().length > 0}>
      <div class="max-w-120">
        <Field
          label={t('Secret')}
          help={
            chosen()
              ? t`May be sent to ${chosen()!.allowedHosts.join(', ')}. Rotating it changes every tool that uses it.`
              : undefined
          }
        >
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={chosen()?.id ?? ''}
              onChange={(event) => choose(event.currentTarget.value)}
            >
              <option value="">{auth().credentialId ? t('The one that is set') : t('A new one')}</option>
              <For each={stored()}>
                {(credential) => (
                  <option value={credential.id} selected={credential.id === chosen()?.id}>
                    {credential.name}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
    </Show>
  );
}
