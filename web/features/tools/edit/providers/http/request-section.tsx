import { useQuery } from '@tanstack/solid-query';
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { httpMethods } from '../../../../../../shared/tools/tool-definition.ts';
import { queries } from '../../../../../api/trpc.ts';
import { Bound, FormSection, SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { inputClass } from '../../../../../kit/field.tsx';
import { useToolForm } from '../../form-state.ts';
import { InputChips } from '../../input-chips.tsx';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateInput } from '../../template-input.tsx';
import { BodyEditor } from './body-editor.tsx';

/** The call itself: where it goes and what it carries. */
export function RequestSection() {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const list = () => (connectors.isSuccess ? connectors.data.items : []);
  const connectorId = () => form.text('/config/connectorId');
  const connector = createMemo(() => list().find((each) => each.id === connectorId()));
  const method = () => form.text('/config/method') || 'GET';
  const hasBody = () => method() !== 'GET' && method() !== 'HEAD';
  const [kept, setKept] = createSignal<{ url?: unknown; path?: unknown }>({});

  /** A definition has a URL, or a connector and a path: never both. */
  const setConnector = (id: string) => {
    const config = isObject(form.at('/config')) ? (form.at('/config') as Record<string, unknown>) : {};
    const { url, path, connectorId: _id, ...rest } = config;
    setKept((before) => ({ url: url ?? before.url, path: path ?? before.path }));
    const next = id ? { connectorId: id, path: kept().path ?? '/' } : { url: kept().url ?? '' };
    form.set('/config', { method: method(), ...next, ...rest });
  };

  return (
    <FormSection
      id="request"
      title="Request"
      lead="What is sent. A name in braces, like {paymentId}, takes the input of that name; inputs that no place names go to the query or, where there is one, into the body."
    >
      <Show when={list().length > 0 || connectorId()}>
        <div class="max-w-80">
          <SelectField
            pointer="/config/connectorId"
            label="Goes to"
            value={connectorId()}
            options={[
              { value: '', label: 'An address of its own' },
              ...list().map((each) => ({ value: each.id, label: `Connector: ${each.title ?? each.name}` })),
              ...(connectorId() && connectors.isSuccess && !connector()
                ? [{ value: connectorId(), label: 'A connector that is gone' }]
                : []),
            ]}
            onChange={setConnector}
            help={
              connector()
                ? 'Headers, auth and limits come from the connector where this tool has none.'
                : undefined
            }
          />
        </div>
      </Show>
      <div class="grid grid-cols-[104px_minmax(0,1fr)] gap-1.5">
        <Bound pointer="/config/method" label="Method">
          {(input) => (
            <select
              {...input}
              value={method()}
              onChange={(event) => form.set('/config/method', event.currentTarget.value)}
              class={`${inputClass} font-mono text-sm`}
            >
              {httpMethods.map((each) => (
                <option value={each} selected={each === method()}>
                  {each}
                </option>
              ))}
            </select>
          )}
        </Bound>
        <Switch>
          <Match when={connectorId()}>
            <Bound
              pointer="/config/path"
              label="Path"
              help={connector() ? `Follows ${connector()?.baseUrl}` : undefined}
            >
              {(input) => (
                <TemplateInput
                  {...input}
                  value={form.text('/config/path')}
                  onChange={(path) => form.set('/config/path', path)}
                  placeholder="/payments/{paymentId}/refunds"
                />
              )}
            </Bound>
          </Match>
          <Match when={!connectorId()}>
            <Bound pointer="/config/url" label="Address" required>
              {(input) => (
                <TemplateInput
                  {...input}
                  value={form.text('/config/url')}
                  onChange={(url) => form.set('/config/url', url)}
                  placeholder="https://api.example.com/payments/{paymentId}"
                />
              )}
            </Bound>
          </Match>
        </Switch>
      </div>
      <InputChips />
      <PairRows
        pointer="/config/query"
        label="Query parameters"
        one="parameter"
        namePlaceholder="limit"
        optional
      />
      <PairRows
        pointer="/config/headers"
        label="Headers"
        one="header"
        namePlaceholder="accept-language"
        optional
      />
      <Show when={hasBody()} fallback={<p class="text-faint text-sm">A {method()} request has no body.</p>}>
        <BodyEditor />
      </Show>
    </FormSection>
  );
}
