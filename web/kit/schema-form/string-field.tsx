import { Eye, EyeOff } from 'lucide-solid';
import { createSignal, Match, Switch } from 'solid-js';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { inputClass } from '../field.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { fromLocalTime, localTimeZone, toLocalTime } from './local-time.ts';
import { patternWords } from './rules.ts';
import { valueLabel } from './schema-field.ts';

const inputTypes = { email: 'email', uri: 'url', date: 'date', time: 'time', plain: 'text' } as const;

/** A text, with the input for its format. An empty field has no value. */
export function StringField(props: NodeProps<'string'>) {
  const node = useNode(props);
  const [shown, setShown] = createSignal(false);
  const text = () => {
    const value = node.value();
    return value === undefined || value === null ? '' : valueLabel(value);
  };
  const set = (next: string) => node.set(next === '' && !props.bare ? undefined : next);
  const onInput = (event: { currentTarget: { value: string } }) => set(event.currentTarget.value);
  const placeholder = () => {
    const [example] = props.field.examples;
    return typeof example === 'string' && !props.field.secret ? `e.g. ${example}` : undefined;
  };
  const format = () => props.field.format;
  const inputType = () => {
    const at = format();
    return at === 'multiline' || at === 'password' || at === 'date-time' ? 'text' : inputTypes[at];
  };
  /** A value that the native input cannot show stays visible as text. */
  const nativeDate = () => text() === '' || toLocalTime(text()) !== null;
  const rules = () => {
    const { pattern, maxLength } = props.field;
    return [
      pattern ? `Format: ${patternWords(pattern)}` : '',
      maxLength !== undefined && maxLength <= 200 && text().length > maxLength * 0.8
        ? t`${text().length} of ${maxLength} characters`
        : '',
      format() === 'date-time' && nativeDate()
        ? text()
          ? t`Sent as ${text()}`
          : t`In your time zone, ${localTimeZone()}`
        : '',
    ]
      .filter(Boolean)
      .join('. ');
  };
  return (
    <FieldFrame node={props} help={rules()}>
      {(input) => (
        <Switch
          fallback={
            <input
              {...input}
              type={inputType()}
              value={text()}
              onInput={onInput}
              placeholder={placeholder()}
              autocomplete="off"
              spellcheck={false}
              class={`${inputClass} ${inputType() === 'date' || inputType() === 'time' ? 'max-w-60' : ''}`}
            />
          }
        >
          <Match when={format() === 'password'}>
            <div class="flex gap-1">
              <input
                {...input}
                type={shown() ? 'text' : 'password'}
                value={text()}
                onInput={onInput}
                autocomplete="new-password"
                spellcheck={false}
                data-1p-ignore
                class={inputClass}
              />
              <Button
                variant="quiet"
                iconOnly
                icon={shown() ? EyeOff : Eye}
                aria-label={shown() ? t`Hide ${props.label}` : t`Show ${props.label}`}
                onClick={() => setShown((before) => !before)}
              />
            </div>
          </Match>
          <Match when={format() === 'multiline'}>
            <textarea
              {...input}
              rows={3}
              value={text()}
              onInput={onInput}
              placeholder={placeholder()}
              class={`${inputClass} h-auto py-1`}
            />
          </Match>
          <Match when={format() === 'date-time' && nativeDate()}>
            <div class="flex max-w-80 gap-1">
              <input
                {...input}
                type="datetime-local"
                step="1"
                value={toLocalTime(text()) ?? ''}
                onChange={(event) => set(fromLocalTime(event.currentTarget.value))}
                class={inputClass}
              />
              <Button variant="quiet" onClick={() => set(new Date().toISOString())}>
                {t('Now')}
              </Button>
            </div>
          </Match>
        </Switch>
      )}
    </FieldFrame>
  );
}
