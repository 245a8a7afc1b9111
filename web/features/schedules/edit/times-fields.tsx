import { createUniqueId, For, Match, Show, Switch } from 'solid-js';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { NextTimes } from '../parts/next-times.tsx';
import { type ScheduleDraft, type TimesKind, timesOf, type Unit, units } from './schedule-draft.ts';

const kinds: Record<TimesKind, string> = { cron: t('Cron'), every: t('Interval'), calendar: t('Calendar') };

/** Common times, to begin with. */
const examples = [
  ['0 9 * * *', t('Every day at 9:00')],
  ['0 9 * * MON-FRI', t('Monday to Friday at 9:00')],
  ['0 * * * *', t('Every hour')],
  ['*/15 * * * *', t('Every 15 minutes')],
  ['0 6 1 * *', t('The 1st of the month at 6:00')],
] as const;

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** When a schedule comes, with its next times while one types. */
export function TimesFields(props: {
  draft: ScheduleDraft;
  now: Date;
  change: (change: Partial<ScheduleDraft>) => void;
  issueAt: (path: string) => string | undefined;
}) {
  const zoneList = createUniqueId();
  const draft = () => props.draft;
  const times = () => timesOf(draft(), props.now);
  const issues = () => {
    const found = times();
    return 'issues' in found ? found.issues : [];
  };
  const error = (path: string) =>
    issues().find((issue) => issue.path === path)?.message ?? props.issueAt(`/spec${path}`);
  return (
    <fieldset class="flex flex-col gap-4">
      <legend class="pb-2 font-medium">{t('When')}</legend>
      <div class="grid grid-cols-3 gap-4 max-md:grid-cols-1">
        <Field label={t('Times by')}>
          {(attributes) => (
            <select
              {...attributes}
              class={inputClass}
              value={draft().times}
              onChange={(event) => props.change({ times: event.currentTarget.value as TimesKind })}
            >
              <For each={Object.entries(kinds)}>
                {([value, label]) => (
                  <option value={value} selected={value === draft().times}>
                    {label}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Switch>
          <Match when={draft().times === 'cron'}>
            <TextInput
              label={t('Cron expression')}
              mono
              spellcheck={false}
              value={draft().cron}
              onInput={(cron) => props.change({ cron })}
              error={error('/cron')}
              help={t('Minute, hour, day of month, month, day of week.')}
            />
            <Field label={t('Begin with')}>
              {(attributes) => (
                <select
                  {...attributes}
                  class={inputClass}
                  value={examples.some(([cron]) => cron === draft().cron) ? draft().cron : ''}
                  onChange={(event) => {
                    if (event.currentTarget.value) props.change({ cron: event.currentTarget.value });
                  }}
                >
                  <option value="">{t('Own times')}</option>
                  <For each={examples}>
                    {([cron, label]) => (
                      <option
                        value={cron}
                        selected={
                          cron === (examples.some(([cron]) => cron === draft().cron) ? draft().cron : '')
                        }
                      >
                        {label}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
          </Match>
          <Match when={draft().times === 'every'}>
            <TextInput
              label={t('Every')}
              value={draft().every}
              onInput={(every) => props.change({ every })}
              error={error('/everyMs')}
            />
            <Field label={t('Unit')}>
              {(attributes) => (
                <select
                  {...attributes}
                  class={inputClass}
                  value={draft().unit}
                  onChange={(event) => props.change({ unit: event.currentTarget.value as Unit })}
                >
                  <For each={Object.keys(units)}>
                    {(unit) => (
                      <option value={unit} selected={unit === draft().unit}>
                        {unit}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
          </Match>
          <Match when={draft().times === 'calendar'}>
            <TextInput
              label={t('Calendar')}
              mono
              spellcheck={false}
              value={draft().calendar}
              onInput={(calendar) => props.change({ calendar })}
              error={error('/calendar')}
              help={t('minute, hour, dayOfMonth, month, year: numbers or lists; dayOfWeek: monday, …')}
            />
          </Match>
        </Switch>
      </div>
      <Show when={draft().times !== 'every'}>
        <div class="max-w-80">
          <TextInput
            label={t('Time zone')}
            list={zoneList}
            value={draft().timeZone}
            onInput={(timeZone) => props.change({ timeZone })}
            error={error('/timeZone')}
          />
          <datalist id={zoneList}>
            <For each={zones}>{(zone) => <option value={zone} />}</For>
          </datalist>
        </div>
      </Show>
      <section
        aria-label={t('Preview')}
        aria-live="polite"
        class="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2"
      >
        <Show
          when={(() => {
            const found = times();
            return 'issues' in found ? null : found.preview;
          })()}
          fallback={
            <p class="text-muted">
              {issues().find(({ path }) => path === '')?.message ?? t('The times are not valid.')}
            </p>
          }
        >
          {(preview) => (
            <>
              <p class="font-medium">{said(preview().words)}</p>
              <NextTimes preview={preview()} />
            </>
          )}
        </Show>
      </section>
    </fieldset>
  );
}
