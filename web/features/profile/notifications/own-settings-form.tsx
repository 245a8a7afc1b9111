import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import {
  emailModes,
  type KindChoice,
  notificationKinds,
} from '../../../../shared/notifications/notification-kinds.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { announce } from '../../../kit/announcer.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { KeyHint } from '../../../kit/key-hint.tsx';
import { SaveRow } from '../../../kit/save-row.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { languages } from '../../../words/region.ts';
import { t } from '../../../words/words.ts';
import { emailWords, kindWords } from '../../notifications/parts/kind-words.ts';
import { LastFailure } from '../../notifications/parts/last-failure.tsx';
import { Browsers } from './browsers.tsx';
import { KindRow, wayColumns } from './kind-row.tsx';
import type { OwnSettings } from './own-settings.ts';
import { SendTest } from './send-test.tsx';

const night = { from: '22:00', to: '07:00', letCritical: true };
/** The first kinds have a digit; the others are reached with j and k. */
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function OwnSettingsForm(props: { settings: OwnSettings }) {
  const client = useQueryClient();
  const [loaded, setLoaded] = createSignal(props.settings);
  const [draft, setDraft] = createSignal(props.settings);
  const changed = () => JSON.stringify(draft()) !== JSON.stringify(loaded());
  const load = (next: OwnSettings) => {
    setLoaded(next);
    setDraft(next);
  };
  // What is not saved stays when the settings are read again.
  createEffect(
    on(
      () => props.settings,
      (next) => !changed() && load(next),
      { defer: true },
    ),
  );
  const change = (part: Partial<OwnSettings>) => setDraft((before) => ({ ...before, ...part }));
  const { busy, error, submit } = createSubmission(async () => {
    const { kinds, digest, quiet, timeZone, language } = draft();
    load(await api.notifications.changeSettings.mutate({ kinds, digest, quiet, timeZone, language }));
    toast(t('Notification settings saved'));
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'notifications') });
  });
  const issueAt = (path: string) => error()?.issues.find((issue) => issue.path === path)?.message;
  let kinds: HTMLDivElement | undefined;
  /** From a kind to the next one, without a stop at each of its ways. */
  const rows = () => [...(kinds?.querySelectorAll('fieldset') ?? [])];
  const at = () => rows().findIndex((row) => row.contains(document.activeElement));
  const go = (index: number) => rows()[index]?.querySelector('input')?.focus();
  /** Changes a way of the kind that has the focus, and says what it is now. */
  const turn = (way: (choice: KindChoice) => Partial<KindChoice>, words: (choice: KindChoice) => string) => {
    const kind = notificationKinds[at()];
    if (!kind) return;
    const choice = { ...draft().kinds[kind], ...way(draft().kinds[kind]) };
    change({ kinds: { ...draft().kinds, [kind]: choice } });
    announce(`${kindWords[kind].label}: ${words(choice)}`);
  };
  const onOff = (on: boolean) => (on ? t('on') : t('off'));
  const turnEmail = (by: 1 | -1) =>
    turn(
      ({ email }) => ({
        email: emailModes.at((emailModes.indexOf(email) + by) % emailModes.length) ?? 'off',
      }),
      ({ email }) => `${t('Email')}, ${emailWords[email]}`,
    );
  const turnQuiet = () => {
    change({ quiet: draft().quiet ? null : night });
    announce(`${t('Quiet hours')}: ${onOff(draft().quiet !== null)}`);
  };
  useActions(() => [
    {
      id: 'kind:next',
      label: t('Next kind'),
      keys: 'j',
      group: 'Selection',
      run: () => go(Math.min(at() + 1, rows().length - 1)),
    },
    {
      id: 'kind:previous',
      label: t('Previous kind'),
      keys: 'k',
      group: 'Selection',
      run: () => go(Math.max(at() - 1, 0)),
    },
    {
      id: 'kind:page',
      label: t('On the page, or not'),
      keys: 'p',
      group: 'Selection',
      inPalette: false,
      run: () =>
        turn(
          ({ page }) => ({ page: !page }),
          ({ page }) => `${t('Page')}, ${onOff(page)}`,
        ),
    },
    {
      id: 'kind:browser',
      label: t('In the browser, or not'),
      keys: 'b',
      group: 'Selection',
      inPalette: false,
      run: () =>
        turn(
          ({ browser }) => ({ browser: !browser }),
          ({ browser }) => `${t('Browser')}, ${onOff(browser)}`,
        ),
    },
    ...(draft().email === null
      ? []
      : [
          {
            id: 'kind:email',
            label: t('Next way of email'),
            keys: 'e',
            group: 'Selection' as const,
            inPalette: false,
            run: () => turnEmail(1),
          },
          {
            id: 'kind:email-back',
            label: t('Previous way of email'),
            keys: 'shift+e',
            group: 'Selection' as const,
            inPalette: false,
            run: () => turnEmail(-1),
          },
        ]),
    { id: 'quiet', label: t('Quiet hours, or none'), keys: 'q', group: 'Page', run: turnQuiet },
    ...notificationKinds.slice(0, digits.length).map((kind, index) => ({
      id: `kind:${kind}`,
      label: kindWords[kind].label,
      keys: digits[index],
      group: 'Page' as const,
      run: () => go(index),
    })),
  ]);
  const daily = () => {
    const { digest } = draft();
    return digest.every === 'day' ? digest : null;
  };
  return (
    <form
      class="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="max-w-[68ch] text-muted">
        {t(
          'Choose for each kind how you get it. You are not notified of what you did yourself. A link in an email or a chat leads to the page that asks: opening it decides nothing.',
        )}
      </p>
      <Browsers
        tenant={tenantSlug()}
        chosen={notificationKinds.some((kind) => draft().kinds[kind].browser)}
      />
      <Show when={draft().email === null}>
        <p class="text-muted text-sm">{t('This deployment sends no email.')}</p>
      </Show>
      <LastFailure of={t('Email')} failure={draft().emailFailure} />
      <For each={draft().channels}>
        {(channel) => <LastFailure of={channel.name} failure={channel.lastFailure} />}
      </For>
      <div ref={kinds} class="flex flex-col">
        <div
          aria-hidden="true"
          class="grid items-end gap-x-3 border-b pb-1 text-faint text-sm max-md:hidden"
          style={{ 'grid-template-columns': wayColumns(draft()) }}
        >
          <span>{t('Kind')}</span>
          <Column keys="p">{t('Page')}</Column>
          <Column keys="b">{t('Browser')}</Column>
          <Show when={draft().email !== null}>
            <Column keys="e">{t('Email')}</Column>
          </Show>
          <For each={draft().channels}>{(channel) => <span class="truncate">{channel.name}</span>}</For>
        </div>
        <For each={notificationKinds}>
          {(kind, index) => (
            <KindRow
              keys={digits[index()]}
              kind={kind}
              settings={draft()}
              change={(choice) => change({ kinds: { ...draft().kinds, [kind]: choice } })}
            />
          )}
        </For>
      </div>
      <fieldset class="flex flex-col gap-3">
        <legend class="pb-2 font-medium">{t('Digest')}</legend>
        <div class="flex flex-wrap gap-4">
          <Field label={t('Sent')}>
            {(attributes) => (
              <select
                {...attributes}
                class={inputClass}
                value={draft().digest.every}
                onChange={({ currentTarget }) =>
                  change({
                    digest:
                      currentTarget.value === 'hour' ? { every: 'hour' } : { every: 'day', at: '08:00' },
                  })
                }
              >
                <option value="hour">{t('Every hour')}</option>
                <option value="day">{t('Every day')}</option>
              </select>
            )}
          </Field>
          <Show when={daily()}>
            {(digest) => (
              <Time
                label={t('At')}
                value={digest().at}
                error={issueAt('/digest/at')}
                onInput={(at) => change({ digest: { every: 'day', at } })}
              />
            )}
          </Show>
        </div>
      </fieldset>
      <fieldset class="flex flex-col gap-3">
        <legend class="pb-2 font-medium">{t('Quiet hours')}</legend>
        <label class="flex items-center gap-2">
          <input
            type="checkbox"
            checked={draft().quiet !== null}
            onChange={({ currentTarget }) => change({ quiet: currentTarget.checked ? night : null })}
          />
          {t('Hold email, browser and tools back at night')}
          <KeyHint keys="q" />
        </label>
        <Show when={draft().quiet}>
          {(quiet) => (
            <>
              <div class="flex flex-wrap gap-4">
                <Time
                  label={t('From')}
                  value={quiet().from}
                  error={issueAt('/quiet/from')}
                  onInput={(from) => change({ quiet: { ...quiet(), from } })}
                />
                <Time
                  label={t('Until')}
                  value={quiet().to}
                  error={issueAt('/quiet/to')}
                  onInput={(to) => change({ quiet: { ...quiet(), to } })}
                />
              </div>
              <label class="flex items-center gap-2">
                <input
                  type="checkbox"
                  checked={quiet().letCritical}
                  onChange={({ currentTarget }) =>
                    change({ quiet: { ...quiet(), letCritical: currentTarget.checked } })
                  }
                />
                {t('Critical ones come all the same')}
              </label>
              <p class="max-w-[68ch] text-faint text-sm">
                {t('The page shows everything at once. What was held back comes as one message afterwards.')}
              </p>
            </>
          )}
        </Show>
      </fieldset>
      <div class="max-w-72">
        <TextInput
          label={t('Time zone')}
          value={draft().timeZone}
          onInput={(timeZone) => change({ timeZone })}
          list="time-zones"
          error={issueAt('/timeZone')}
          help={
            draft().timeZone === ownZone()
              ? undefined
              : t`This browser is in ${ownZone()}. Times are in yours.`
          }
        />
        <datalist id="time-zones">
          <For each={Intl.supportedValuesOf('timeZone')}>{(zone) => <option value={zone} />}</For>
        </datalist>
      </div>
      <div class="max-w-72">
        <Field
          label={t('Language of emails')}
          help={t('The pages have their own language, for each browser.')}
        >
          {(attributes) => (
            <select
              {...attributes}
              class={inputClass}
              value={draft().language}
              onChange={({ currentTarget }) =>
                change({ language: currentTarget.value as OwnSettings['language'] })
              }
            >
              <For each={Object.entries(languages)}>
                {([value, name]) => <option value={value}>{name}</option>}
              </For>
            </select>
          )}
        </Field>
      </div>
      <FailureNote failed={t('The settings were not saved.')} error={error()} />
      <SaveRow
        mayWrite
        writers=""
        busy={busy()}
        changed={changed()}
        onDiscard={() => load(loaded())}
        changedAt={null}
        changedBy={null}
      />
      <SendTest settings={loaded()} />
    </form>
  );
}

/** A heading with the key that changes this way of the kind that has the focus. */
const Column = (props: { keys: string; children: string }) => (
  <span class="flex items-center gap-1">
    {props.children}
    <KeyHint keys={props.keys} />
  </span>
);

const Time = (props: {
  label: string;
  value: string;
  error: string | undefined;
  onInput: (value: string) => void;
}) => (
  <div class="w-32">
    <Field label={props.label} error={props.error}>
      {(attributes) => (
        <input
          {...attributes}
          type="time"
          required
          class={inputClass}
          value={props.value}
          onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
        />
      )}
    </Field>
  </div>
);
