import { Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import type { ConnectorKind } from '../../../../../shared/tools/connectors/registry.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { connectorTitle } from '../../parts/connector-words.ts';
import { authFor } from '../auth/inherit.tsx';
import { useToolForm } from '../tool-form-state.ts';

/** Whether a tool uses a connector of its kind, or says itself what it calls. Hidden while there is none to choose. */
export function ConnectorChoice(props: {
  kind: ConnectorKind;
  /** What a tool without a connector says, such as "A target of its own". */
  own: string;
  /** The fields of the config that a connector replaces, as they start without one. */
  replaces: Record<string, unknown>;
}) {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const list = () =>
    connectors.isSuccess ? connectors.data.items.filter(({ kind }) => kind === props.kind) : [];
  const id = () => form.text('/config/connectorId');
  const choose = (next: string) => {
    const config = form.at('/config');
    const own = new Set(['connectorId', ...Object.keys(props.replaces)]);
    const rest = Object.entries(isObject(config) ? config : {}).filter(([key]) => !own.has(key));
    form.set('/config', { ...(next ? { connectorId: next } : props.replaces), ...Object.fromEntries(rest) });
    form.set('/auth', authFor(form.at('/auth'), next !== ''));
  };
  return (
    <Show when={list().length > 0 || id()}>
      <div class="max-w-80">
        <SelectField
          pointer="/config/connectorId"
          label="Connector"
          value={id()}
          options={[
            { value: '', label: props.own },
            ...list().map((each) => ({ value: each.id, label: connectorTitle(each) })),
            ...(id() && connectors.isSuccess && !list().some((each) => each.id === id())
              ? [{ value: id(), label: 'Unknown connector' }]
              : []),
          ]}
          onChange={choose}
        />
      </div>
    </Show>
  );
}
