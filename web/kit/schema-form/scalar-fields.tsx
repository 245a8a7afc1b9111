import { For } from 'solid-js';
import { rich, t } from '../../words/words.ts';
import { inputClass } from '../field.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { sameJson } from './json-edit.ts';
import { readNumber } from './read-number.ts';
import { numberRange } from './rules.ts';
import { createTypedText } from './typed-text.ts';

const sentence = (text: string) =>
  text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

export function NumberField(props: NodeProps<'number'>) {
  const node = useNode(props);
  const asText = (value: unknown) => (value === undefined || value === null ? '' : String(value));
  const [text, setText] = createTypedText(() => node.value() ?? undefined, readNumber, asText);
  return (
    <FieldFrame node={props} help={sentence(numberRange(props.field))}>
      {(input) => (
        <input
          {...input}
          type="text"
          inputmode={props.field.integer ? 'numeric' : 'decimal'}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            node.set(readNumber(event.currentTarget.value) ?? (props.bare ? null : undefined));
          }}
          placeholder={
            props.field.examples.length > 0 ? `e.g. ${String(props.field.examples[0])}` : undefined
          }
          autocomplete="off"
          class={`${inputClass} max-w-60`}
        />
      )}
    </FieldFrame>
  );
}

/** Yes, no, or not set. */
export function BooleanField(props: NodeProps<'boolean'>) {
  const node = useNode(props);
  return (
    <FieldFrame node={props}>
      {(input) => (
        <select
          {...input}
          value={node.value() === undefined ? '' : String(node.value())}
          onChange={(event) => {
            const { value } = event.currentTarget;
            node.set(value === '' ? undefined : value === 'true');
          }}
          class={`${inputClass} max-w-60`}
        >
          {!props.bare && <option value="">{props.required ? t('Choose…') : t('Not set')}</option>}
          <option value="true">{t('Yes')}</option>
          <option value="false">{t('No')}</option>
        </select>
      )}
    </FieldFrame>
  );
}

export function EnumField(props: NodeProps<'enum'>) {
  const node = useNode(props);
  const index = () => props.field.options.findIndex((option) => sameJson(option.value, node.value()));
  /** A value that is none of the options is shown, not hidden. */
  const stray = () => node.value() !== undefined && node.value() !== null && index() < 0;
  return (
    <FieldFrame node={props}>
      {(input) => (
        <select
          {...input}
          value={String(index())}
          onChange={(event) => node.set(props.field.options[Number(event.currentTarget.value)]?.value)}
          class={`${inputClass} max-w-60`}
        >
          {(!props.bare || stray()) && (
            <option value="-1">
              {stray()
                ? t`${JSON.stringify(node.value())} (not allowed)`
                : props.required
                  ? t('Choose…')
                  : t('Not set')}
            </option>
          )}
          <For each={props.field.options}>
            {(option, at) => (
              <option value={String(at())} selected={at() === index()}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      )}
    </FieldFrame>
  );
}

/** The one allowed value: shown, and set again after a mistake in the JSON. */
export function ConstField(props: NodeProps<'const'>) {
  const node = useNode(props);
  const isSet = () => sameJson(node.value(), props.field.value);
  return (
    <FieldFrame node={props} help={isSet() ? t('Always this value.') : undefined}>
      {(input) => (
        <div class="flex items-center gap-2">
          <input
            {...input}
            readOnly
            value={node.value() === undefined ? '' : JSON.stringify(node.value())}
            class={`${inputClass} max-w-60 bg-sunken font-mono text-sm`}
          />
          {!isSet() && (
            <button
              type="button"
              class="text-accent text-sm hover:text-accent-hover"
              onClick={() => node.set(props.field.value)}
            >
              {rich`Set ${() => JSON.stringify(props.field.value)}`}
            </button>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
