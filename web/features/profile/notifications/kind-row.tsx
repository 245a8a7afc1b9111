import { createUniqueId, For, type JSX, Show } from 'solid-js';
import {
  type EmailMode,
  emailModes,
  type KindChoice,
  type NotificationKind,
} from '../../../../shared/notifications/notification-kinds.ts';
import { inputClass } from '../../../kit/field.tsx';
import { KeyHint } from '../../../kit/key-hint.tsx';
import { t } from '../../../words/words.ts';
import { emailWords, kindWords } from '../../notifications/parts/kind-words.ts';
import type { OwnSettings } from './own-settings.ts';

/** The columns of the ways that there are. */
export const wayColumns = ({ email, channels }: OwnSettings): string =>
  `minmax(0, 1fr) 4.5rem 5.5rem ${email === null ? '' : '9.5rem'} ${channels.map(() => '5rem').join(' ')}`;

/** The ways of one kind: a row beside the others, or a block of its own on a phone. */
export function KindRow(props: {
  kind: NotificationKind;
  settings: OwnSettings;
  change: (choice: KindChoice) => void;
  /** The digit that leads to it. */
  keys: string | undefined;
}) {
  const id = createUniqueId();
  const words = () => kindWords[props.kind];
  const choice = () => props.settings.kinds[props.kind];
  const set = (part: Partial<KindChoice>) => props.change({ ...choice(), ...part });
  return (
    <fieldset
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-help`}
      class="grid items-center gap-x-3 gap-y-1 border-b py-2 max-md:flex max-md:flex-wrap"
      style={{ 'grid-template-columns': wayColumns(props.settings) }}
    >
      <div class="min-w-0 max-md:w-full">
        <p class="flex items-center gap-2">
          <span id={`${id}-label`}>{words().label}</span>
          <Show when={props.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
        </p>
        <p id={`${id}-help`} class="text-faint text-sm">
          {words().help}
        </p>
      </div>
      <Way label={t('Page')}>
        {(input) => (
          <input
            id={input}
            type="checkbox"
            checked={choice().page}
            onChange={({ currentTarget }) => set({ page: currentTarget.checked })}
          />
        )}
      </Way>
      <Way label={t('Browser')}>
        {(input) => (
          <input
            id={input}
            type="checkbox"
            checked={choice().browser}
            onChange={({ currentTarget }) => set({ browser: currentTarget.checked })}
          />
        )}
      </Way>
      <Show when={props.settings.email !== null}>
        <Way label={t('Email')} labelFirst>
          {(input) => (
            <select
              id={input}
              class={inputClass}
              value={choice().email}
              onChange={({ currentTarget }) => set({ email: currentTarget.value as EmailMode })}
            >
              <For each={emailModes}>
                {(mode) => (
                  <option value={mode} selected={mode === choice().email}>
                    {emailWords[mode]}
                  </option>
                )}
              </For>
            </select>
          )}
        </Way>
      </Show>
      <For each={props.settings.channels}>
        {(channel) => (
          <Way label={channel.name}>
            {(input) => (
              <input
                id={input}
                type="checkbox"
                checked={choice().channels.includes(channel.id)}
                onChange={({ currentTarget }) =>
                  set({
                    channels: currentTarget.checked
                      ? [...choice().channels, channel.id]
                      : choice().channels.filter((each) => each !== channel.id),
                  })
                }
              />
            )}
          </Way>
        )}
      </For>
    </fieldset>
  );
}

/** Its label is above the column; on a phone it is beside the input. */
function Way(props: { label: string; labelFirst?: boolean; children: (input: string) => JSX.Element }) {
  const id = createUniqueId();
  return (
    <div class="flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
      {props.children(id)}
      <label
        for={id}
        class="flex items-center text-muted text-sm md:sr-only pointer-coarse:min-h-11"
        classList={{ 'order-first': props.labelFirst }}
      >
        {props.label}
      </label>
    </div>
  );
}
