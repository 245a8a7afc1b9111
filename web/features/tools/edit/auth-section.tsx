import { createSignal, Match, Show, Switch } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type AuthType, authSecretField } from '../../../../shared/tools/tool-definition.ts';
import { Button } from '../../../kit/button.tsx';
import { Bound, FormSection, SelectField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { useToolForm } from './form-state.ts';

const kinds: Record<AuthType, string> = {
  none: 'None',
  api_key: 'API key',
  bearer: 'Bearer token',
  basic: 'User name and password',
  oauth2_client_credentials: 'OAuth 2 client credentials',
};
const starts: Record<AuthType, Record<string, unknown>> = {
  none: { type: 'none' },
  api_key: { type: 'api_key', in: 'header', name: 'x-api-key' },
  bearer: { type: 'bearer' },
  basic: { type: 'basic', username: '' },
  oauth2_client_credentials: {
    type: 'oauth2_client_credentials',
    tokenUrl: '',
    clientId: '',
    clientAuthentication: 'basic',
  },
};

/** How the provider knows us. Secrets only go in. */
export function AuthSection() {
  const form = useToolForm();
  const type = () => (form.text('/auth/type') || 'none') as AuthType;
  const kept = new Map<AuthType, unknown>();
  const setType = (next: string) => {
    kept.set(type(), form.at('/auth'));
    form.set('/auth', kept.get(next as AuthType) ?? starts[next as AuthType]);
  };
  const fromConnector = () => form.text('/config/connectorId') !== '' && type() === 'none';
  return (
    <FormSection id="auth" title="Auth">
      <div class="max-w-80">
        <SelectField
          pointer="/auth/type"
          label="Kind"
          value={type()}
          options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
          onChange={setType}
          help={fromConnector() ? 'The connector’s own auth is used.' : undefined}
        />
      </div>
      <Switch>
        <Match when={type() === 'api_key'}>
          <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
            <SelectField
              pointer="/auth/in"
              label="Sent in"
              options={[
                { value: 'header', label: 'A header' },
                { value: 'query', label: 'The query' },
                { value: 'cookie', label: 'A cookie' },
              ]}
            />
            <TextField pointer="/auth/name" label="Under the name" mono required />
          </div>
          <SecretField type="api_key" label="Key" />
        </Match>
        <Match when={type() === 'bearer'}>
          <SecretField type="bearer" label="Token" />
        </Match>
        <Match when={type() === 'basic'}>
          <div class="max-w-80">
            <TextField pointer="/auth/username" label="User name" required />
          </div>
          <SecretField type="basic" label="Password" />
        </Match>
        <Match when={type() === 'oauth2_client_credentials'}>
          <TextField
            pointer="/auth/tokenUrl"
            label="Token address"
            mono
            required
            placeholder="https://auth.example.com/oauth/token"
          />
          <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
            <TextField pointer="/auth/clientId" label="Client id" mono required />
            <SelectField
              pointer="/auth/clientAuthentication"
              label="Client sends its secret"
              value={form.text('/auth/clientAuthentication') || 'basic'}
              options={[
                { value: 'basic', label: 'As basic authorization' },
                { value: 'body', label: 'In the body' },
              ]}
              onChange={(value) => form.set('/auth/clientAuthentication', value)}
            />
            <Optional pointer="/auth/scope" label="Scope" />
            <Optional pointer="/auth/audience" label="Audience" />
          </div>
          <SecretField type="oauth2_client_credentials" label="Client secret" />
        </Match>
      </Switch>
    </FormSection>
  );
}

/** A text that is left out of the document when it is empty. */
function Optional(props: { pointer: string; label: string }) {
  const form = useToolForm();
  return (
    <Bound pointer={props.pointer} label={props.label}>
      {(input) => (
        <input
          {...input}
          type="text"
          value={form.text(props.pointer)}
          onInput={(event) => form.set(props.pointer, event.currentTarget.value || undefined)}
          autocomplete="off"
          spellcheck={false}
          class={`${inputClass} font-mono text-sm`}
        />
      )}
    </Bound>
  );
}

/** Only ever written: one sees that a value is set, and may replace it. */
function SecretField(props: { type: AuthType; label: string }) {
  const form = useToolForm();
  const pointer = () => `/auth/${authSecretField[props.type]}`;
  const auth = () => (isObject(form.at('/auth')) ? (form.at('/auth') as Record<string, unknown>) : {});
  /** The credential that the tool has now; put back when one changes one's mind. */
  const [before, setBefore] = createSignal<unknown>(auth().credentialId);
  const isSet = () => auth().credentialId !== undefined;
  const field = () => authSecretField[props.type] ?? '';
  const replace = () => {
    const { credentialId, ...rest } = auth();
    setBefore(() => credentialId);
    form.set('/auth', { ...rest, [field()]: '' });
  };
  const keep = () => {
    const { [field()]: _typed, ...rest } = auth();
    form.set('/auth', { ...rest, credentialId: before() });
  };
  return (
    <Show
      when={!isSet()}
      fallback={
        <div data-pointer={pointer()}>
          <p class="font-medium text-sm">{props.label}</p>
          <p class="flex items-center gap-3">
            <span class="text-muted">A value is set. It is in the vault and is never shown.</span>
            <Button onClick={replace}>Replace it</Button>
          </p>
          <Show when={form.error(pointer()) ?? form.error('/auth/credentialId')}>
            {(error) => <p class="text-failed text-sm">{error()}</p>}
          </Show>
        </div>
      }
    >
      <div class="flex items-start gap-2">
        <div class="w-full max-w-120">
          <Bound
            pointer={pointer()}
            label={props.label}
            required
            help={
              before() === undefined
                ? 'Goes into the vault when you save, and is never shown again.'
                : 'Replaces the value that is set, when you save.'
            }
          >
            {(input) => (
              <input
                {...input}
                type="password"
                value={form.text(pointer())}
                onInput={(event) => form.set(pointer(), event.currentTarget.value || undefined)}
                autocomplete="new-password"
                spellcheck={false}
                data-1p-ignore
                class={inputClass}
              />
            )}
          </Bound>
        </div>
        <Show when={before() !== undefined}>
          <Button variant="quiet" class="mt-5" onClick={keep}>
            Keep the old one
          </Button>
        </Show>
      </div>
    </Show>
  );
}
