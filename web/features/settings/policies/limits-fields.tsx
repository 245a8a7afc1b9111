import { createUniqueId, For, Show } from 'solid-js';
import type { PolicyHours } from '../../../../shared/policies/hours.ts';
import { weekdays } from '../../../../shared/policies/hours.ts';
import type { PolicyEffect, PolicyRate } from '../../../../shared/policies/policy-schemas.ts';
import { ratePeriods } from '../../../../shared/policies/policy-schemas.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { officeHours } from './policy-form.ts';

const dayNames = {
  mon: t('Mon'),
  tue: t('Tue'),
  wed: t('Wed'),
  thu: t('Thu'),
  fri: t('Fri'),
  sat: t('Sat'),
  sun: t('Sun'),
} as const;

/** The hours of a week, by the clock of a time zone. */
export function HoursFields(props: {
  hours: PolicyHours | null;
  onChange: (hours: PolicyHours | null) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  const zones = createUniqueId();
  return (
    <fieldset class="flex flex-col gap-2">
      <label class="flex items-center gap-2 font-medium text-sm">
        <input
          type="checkbox"
          checked={props.hours !== null}
          onChange={(event) => props.onChange(event.currentTarget.checked ? officeHours() : null)}
        />
        {t('Only at these hours')}
      </label>
      <Show when={props.hours}>
        {(hours) => {
          const set = (change: Partial<PolicyHours>) => props.onChange({ ...hours(), ...change });
          return (
            <div class="flex flex-col gap-3 border-l pl-3">
              <div class="flex flex-wrap gap-x-4 gap-y-1">
                <For each={weekdays}>
                  {(day) => (
                    <label class="flex items-center gap-1.5">
                      <input
                        type="checkbox"
                        checked={hours().days.includes(day)}
                        onChange={() =>
                          set({
                            days: weekdays.filter((each) => hours().days.includes(each) !== (each === day)),
                          })
                        }
                      />
                      {dayNames[day]}
                    </label>
                  )}
                </For>
              </div>
              <Show when={props.issueAt('/hours/days')}>
                <p class="text-failed text-sm">{t('Choose at least one day.')}</p>
              </Show>
              <div class="grid grid-cols-[1fr_1fr_2fr] gap-3 max-sm:grid-cols-2">
                <Field label={t('From')} error={props.issueAt('/hours/from')}>
                  {(input) => (
                    <input
                      {...input}
                      type="time"
                      class={inputClass}
                      value={hours().from}
                      onInput={(event) => set({ from: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <Field label={t('Until')} error={props.issueAt('/hours/to')}>
                  {(input) => (
                    <input
                      {...input}
                      type="time"
                      class={inputClass}
                      value={hours().to}
                      onInput={(event) => set({ to: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <Field label={t('Time zone')} error={props.issueAt('/hours/timeZone')}>
                  {(input) => (
                    <input
                      {...input}
                      list={zones}
                      class={inputClass}
                      value={hours().timeZone}
                      onInput={(event) => set({ timeZone: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <datalist id={zones}>
                  <For each={Intl.supportedValuesOf('timeZone')}>{(zone) => <option value={zone} />}</For>
                </datalist>
              </div>
              <p class="text-faint text-sm">
                {t(
                  'The days are those on which the hours begin. When “until” is not after “from”, they end on the next day.',
                )}
              </p>
            </div>
          );
        }}
      </Show>
    </fieldset>
  );
}

const rateLabels: Record<PolicyEffect, string> = {
  allow: t('Only so many calls'),
  deny: t('Only after so many calls'),
  require_approval: t('Only after so many calls'),
};

/** How many calls, in which period. */
export function RateFields(props: {
  effect: PolicyEffect;
  rate: PolicyRate | null;
  onChange: (rate: PolicyRate | null) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  return (
    <fieldset class="flex flex-col gap-2">
      <label class="flex items-center gap-2 font-medium text-sm">
        <input
          type="checkbox"
          checked={props.rate !== null}
          onChange={(event) =>
            props.onChange(event.currentTarget.checked ? { limit: 10, per: 'hour' } : null)
          }
        />
        {rateLabels[props.effect]}
      </label>
      <Show when={props.rate}>
        {(rate) => (
          <div class="grid grid-cols-2 gap-3 border-l pl-3">
            <Field label={t('Calls')} error={props.issueAt('/rate/limit')}>
              {(input) => (
                <input
                  {...input}
                  type="number"
                  min="1"
                  max="1000"
                  class={inputClass}
                  value={rate().limit}
                  onInput={(event) => props.onChange({ ...rate(), limit: Number(event.currentTarget.value) })}
                />
              )}
            </Field>
            <Field label={t('In any')}>
              {(input) => (
                <select
                  {...input}
                  class={inputClass}
                  value={rate().per}
                  onChange={(event) =>
                    props.onChange({ ...rate(), per: event.currentTarget.value as PolicyRate['per'] })
                  }
                >
                  <For each={Object.keys(ratePeriods)}>
                    {(per) => (
                      <option value={per} selected={per === rate().per}>
                        {per}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
          </div>
        )}
      </Show>
    </fieldset>
  );
}
