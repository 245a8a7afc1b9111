import { For } from 'solid-js';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';

export interface HmacForm {
  header: string;
  algorithm: 'sha256' | 'sha512' | 'sha1';
  encoding: 'hex' | 'base64';
  prefix: string;
  /** Empty: the time is not signed. */
  timestampHeader: string;
}

/** As it is sent. */
export const toHmac = (form: HmacForm) => ({ ...form, timestampHeader: form.timestampHeader || null });

export const noHmac: HmacForm = {
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  timestampHeader: '',
};

/** How the source writes its signature. */
export function HmacFields(props: {
  value: HmacForm;
  onChange: (value: HmacForm) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  const set = (change: Partial<HmacForm>) => props.onChange({ ...props.value, ...change });
  return (
    <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <TextInput
        label={t('Header of the signature')}
        mono
        value={props.value.header}
        onInput={(header) => set({ header })}
        error={props.issueAt('/hmac/header')}
      />
      <TextInput
        label={t('Text before it')}
        mono
        placeholder="sha256="
        value={props.value.prefix}
        onInput={(prefix) => set({ prefix })}
        error={props.issueAt('/hmac/prefix')}
      />
      <Choice
        label={t('Algorithm')}
        all={['sha256', 'sha512', 'sha1'] as const}
        value={props.value.algorithm}
        onChange={(algorithm) => set({ algorithm })}
      />
      <Choice
        label={t('Encoding')}
        all={['hex', 'base64'] as const}
        value={props.value.encoding}
        onChange={(encoding) => set({ encoding })}
      />
      <TextInput
        label={t('Header of the time')}
        mono
        value={props.value.timestampHeader}
        onInput={(timestampHeader) => set({ timestampHeader })}
        error={props.issueAt('/hmac/timestampHeader')}
        help={t('With it, the time, a dot and the body are signed, and old deliveries are refused.')}
      />
    </div>
  );
}

const Choice = <T extends string>(props: {
  label: string;
  all: readonly T[];
  value: T;
  onChange: (value: T) => void;
}) => (
  <Field label={props.label}>
    {(input) => (
      <select
        {...input}
        class={inputClass}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        <For each={props.all}>
          {(each) => (
            <option value={each} selected={each === props.value}>
              {each}
            </option>
          )}
        </For>
      </select>
    )}
  </Field>
);
