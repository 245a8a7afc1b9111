import { createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import type { ConnectorKind } from '../../../../../shared/tools/connectors/registry.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { connectorTitle } from '../../parts/connector-words.ts';
import { authFor } from '../auth/inherit.tsx';
import { useToolForm } from '../tool-form-state.ts';

/** Where a tool that has one endpoint for all calls sends them: a connector of its kind, or a URL. */
export function ConnectorChoice(props: { kind: ConnectorKind; placeholder: string }) {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const list = () =>
    (connectors.isSuccess ? connectors.data.items : []).filter((each) => each.kind === props.kind);
  const connectorId = () => form.text('/config/connectorId');
  const [kept, setKept] = createSignal<unknown>('');

  /** A definition has a URL or a connector: never both. */
  const choose = (id: string) => {
    const config = form.at('/config');
    const { url, connectorId: _id, ...rest } = isObject(config) ? config : {};
    setKept((before: unknown) => url ?? before);
    form.set('/config', { ...(id ? { connectorId: id } : { url: kept() }), ...rest });
    form.set('/auth', authFor(form.at('/auth'), id !== ''));
  };
  const isUnknown = () => connectorId() !== '' && !list().some((each) => each.id === connectorId());
  return (
    <>
      <Show when={list().length > 0 || connectorId()}>
        <div class="max-w-80">
          <SelectField
            pointer="/config/connectorId"
            label="Send to"
            value={connectorId()}
            options={[
              { value: '', label: 'Custom URL' },
              ...list().map((each) => ({ value: each.id, label: `Connector: ${connectorTitle(each)}` })),
              ...(isUnknown() && connectors.isSuccess
                ? [{ value: connectorId(), label: 'Unknown connector' }]
                : []),
            ]}
            onChange={choose}
          />
        </div>
      </Show>
      <Show when={!connectorId()}>
        <TextField pointer="/config/url" label="URL" mono required placeholder={props.placeholder} />
      </Show>
    </>
  );
}
