import { For, Match, Switch } from 'solid-js';
import { isNumber } from '../../../../shared/platform/json.ts';
import { redactionMark } from '../../../../shared/platform/redaction/redaction-mark.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { t } from '../../../words/words.ts';

/** Attributes in the order of their schema with its titles, then the others with their names. */
export function AttributesTable(props: {
  attributes: Record<string, unknown>;
  schema: JsonSchema | undefined;
}) {
  const properties = (): Record<string, unknown> =>
    isObject(props.schema?.properties) ? props.schema.properties : {};
  const names = () => {
    const held = Object.keys(props.attributes);
    return [
      ...Object.keys(properties()).filter((name) => held.includes(name)),
      ...held.filter((name) => !Object.hasOwn(properties(), name)),
    ];
  };
  const titleOf = (name: string) => {
    const property = properties()[name];
    return isObject(property) && typeof property.title === 'string' ? property.title : name;
  };
  return (
    <table aria-label={t('Attributes')} class="w-full table-fixed border-separate border-spacing-0">
      <tbody>
        <For each={names()}>
          {(name) => (
            <tr class="align-top">
              <th scope="row" class="w-[42%] break-words border-b py-1 pr-2 text-left font-normal text-muted">
                {titleOf(name)}
              </th>
              <td class="break-words border-b py-1">
                <Value value={props.attributes[name]} name={titleOf(name)} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

const Value = (props: { value: unknown; name: string }) => (
  <Switch fallback={String(props.value)}>
    <Match when={props.value === redactionMark}>
      <span class="rounded-sm bg-hover px-1 text-faint text-xs" title={t('Secret: not shown')}>
        {t('redacted')}
      </span>
    </Match>
    <Match when={props.value === null}>
      <span class="text-faint">{t('none')}</span>
    </Match>
    <Match when={typeof props.value === 'boolean'}>{props.value ? t('yes') : t('no')}</Match>
    <Match when={typeof props.value === 'object' && !isNumber(props.value)}>
      <JsonTree value={props.value} label={props.name} maxHeight="160px" />
    </Match>
  </Switch>
);
