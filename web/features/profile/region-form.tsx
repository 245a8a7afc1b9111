import { createSignal, createUniqueId, For } from 'solid-js';
import { Button } from '../../kit/button.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { TextInput } from '../../kit/text-input.tsx';
import {
  browserLanguage,
  chooseRegion,
  chosenRegion,
  formats,
  isTimeZone,
  type Language,
  languages,
} from '../../words/region.ts';
import { currentLocale, t } from '../../words/words.ts';

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const regionName = (tag: string) =>
  new Intl.DisplayNames(currentLocale(), { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
const example = Date.UTC(2026, 10, 20, 21, 44);

/** How times and numbers are written: "20 Nov 2026, 21:44 · 1,234.5". */
const sample = (format: string, timeZone: string): string =>
  `${new Intl.DateTimeFormat(format, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(example)} · ${new Intl.NumberFormat(format).format(1234.5)}`;

/** The language, the way of writing dates and numbers, and the time zone of this browser. */
export function RegionForm() {
  const chosen = chosenRegion();
  const automatic = browserLanguage();
  const [language, setLanguage] = createSignal<Language>(chosen.language ?? automatic);
  const [format, setFormat] = createSignal(chosen.format ?? formats[language()][0]!);
  const [zone, setZone] = createSignal(chosen.timeZone ?? '');
  const zones = createUniqueId();
  const zoneProblem = () =>
    zone() === '' || isTimeZone(zone()) ? undefined : t('Choose a time zone of the list.');
  const changed = () =>
    language() !== (chosen.language ?? automatic) ||
    format() !== (chosen.format ?? formats[language()][0]) ||
    zone() !== (chosen.timeZone ?? '');
  const pick = (next: Language) => {
    setLanguage(next);
    setFormat(formats[next][0]!);
  };
  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (zoneProblem() || !changed()) return;
        chooseRegion({ language: language(), format: format(), ...(zone() && { timeZone: zone() }) });
      }}
    >
      <div class="grid gap-3 sm:grid-cols-3">
        <Field label={t('Language')}>
          {(input) => (
            <select
              {...input}
              class={inputClass}
              onChange={(event) => pick(event.currentTarget.value as Language)}
            >
              <For each={Object.entries(languages)}>
                {([code, name]) => (
                  <option value={code} lang={code} selected={code === language()}>
                    {name}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Field label={t('Dates and numbers')}>
          {(input) => (
            <select {...input} class={inputClass} onChange={(event) => setFormat(event.currentTarget.value)}>
              <For each={formats[language()]}>
                {(tag) => (
                  <option value={tag} selected={tag === format()}>
                    {regionName(tag)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <TextInput
          label={t('Time zone')}
          list={zones}
          value={zone()}
          onInput={setZone}
          placeholder={browserZone}
          error={zoneProblem()}
        />
        <datalist id={zones}>
          <For each={['UTC', ...Intl.supportedValuesOf('timeZone')]}>{(each) => <option value={each} />}</For>
        </datalist>
      </div>
      <p class="text-muted text-sm">{zoneProblem() ? '' : sample(format(), zone() || browserZone)}</p>
      <div class="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" disabled={!changed() || zoneProblem() !== undefined}>
          {t('Use these')}
        </Button>
        <p class="text-muted text-sm">
          {t('For this browser. The page is loaded again. An empty time zone is that of the browser.')}
        </p>
      </div>
    </form>
  );
}
