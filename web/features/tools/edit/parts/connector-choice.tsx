import { createSignal, type JSX, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import type { ConnectorKind } from '../../../../../shared/tools/connectors/registry.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import { connectorTitle } from '../../parts/connector-words.ts';
import { authFor } from '../auth/inherit.tsx';
import { useToolForm } from '../tool-form-state.ts';

/** Where a tool sends its calls: a connector of its kind, or what it says itself. Hidden while there is none to choose. */
export function ConnectorChoice(props: {
  kind: ConnectorKind;
  /** What a tool without a connector has, such as "Custom URL". */
  own: string;
  /** The fields of the config that a connector replaces, as they start without one. */
  replaces: Record<string, unknown>;
  /** The fields of a tool without a connector. */
  children: JSX.Element;
}) {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const list = () =>
    connectors.isSuccess ? connectors.data.items.filter(({ kind }) => kind === props.kind) : [];
  const id = () => form.text('/config/connectorId');
  /** What was typed is there again when the connector is left. */
  const [kept, setKept] = createSignal<Record<string, unknown>>({});

  /** A definition has a connector, or what it replaces: never both. */
  const choose = (next: string) => {
    const now = form.at('/config');
    const config = Object.entries(isObject(now) ? now : {});
    const replaced = (key: string) => Object.hasOwn(props.replaces, key);
    if (id() === '') setKept(Object.fromEntries(config.filter(([key]) => replaced(key))));
    const rest = config.filter(([key]) => key !== 'connectorId' && !replaced(key));
    form.set('/config', {
      ...(next ? { connectorId: next } : { ...props.replaces, ...kept() }),
      ...Object.fromEntries(rest),
    });
    form.set('/auth', authFor(form.at('/auth'), next !== ''));
  };
  const isUnknown = () => id() !== '' && connectors.isSuccess && !list().some((each) => each.id === id());
  return (
    <>
      <Show when={list().length > 0 || id()}>
        <div class="max-w-80">
          <SelectField
            pointer="/config/connectorId"
            label={t('Send to')}
            value={id()}
            options={[
              { value: '', label: props.own },
              ...list().map((each) => ({ value: each.id, label: `Connector: ${connectorTitle(each)}` })),
              ...(isUnknown() ? [{ value: id(), label: t('Unknown connector') }] : []),
            ]}
            onChange={choose}
          />
        </div>
      </Show>
      <Show when={!id()}>{props.children}</Show>
    </>
  );
}
