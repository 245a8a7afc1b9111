import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import type { RetentionDue, RetentionSettings } from '../../../../shared/retention/retention-schemas.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { staleOf } from '../../../api/stale.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { SaveRow } from '../../../kit/save-row.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { dueSentence, kinds } from './retention-words.ts';

/** After how many days what is removed, and what that takes next. */
export function RetentionSettingsPage() {
  const query = useQuery(() => queries.settings.getRetention());
  return (
    <QueryView query={query} what={t('The settings could not be loaded')}>
      {(settings) => <RetentionForm settings={settings()} />}
    </QueryView>
  );
}

type Draft = Record<(typeof kinds)[number]['field'] | 'note', string>;

const draftOf = (settings: RetentionSettings): Draft => ({
  payloadDays: settings.payloadDays?.toString() ?? '',
  eventDays: settings.eventDays?.toString() ?? '',
  deliveryDays: settings.deliveryDays?.toString() ?? '',
  note: settings.note,
});

/** Null: it is kept. Undefined: no number of days that can be chosen. */
function daysIn(text: string, least: number): number | null | undefined {
  if (text.trim() === '') return null;
  const days = Number(text);
  return Number.isInteger(days) && days >= least && days <= 36_500 ? days : undefined;
}

function RetentionForm(props: { settings: RetentionSettings }) {
  const can = useCan();
  const client = useQueryClient();
  const id = createUniqueId();
  const [loaded, setLoaded] = createSignal(props.settings);
  const [draft, setDraft] = createSignal(draftOf(props.settings));
  /** Someone else was first: the next press saves over theirs. */
  const [overwrites, setOverwrites] = createSignal(false);
  const changed = () => JSON.stringify(draft()) !== JSON.stringify(draftOf(loaded()));
  const load = (next: RetentionSettings) => {
    setLoaded(next);
    setDraft(draftOf(next));
    setOverwrites(false);
  };
  // Another person's change appears only if it overwrites nothing that is not saved.
  createEffect(
    on(
      () => props.settings,
      (next) => !changed() && load(next),
      { defer: true },
    ),
  );
  const mayWrite = () => can('settings.write');
  const days = createMemo(() => {
    const [payloadDays, eventDays, deliveryDays] = kinds.map(({ field, least }) =>
      daysIn(draft()[field], least),
    );
    if (payloadDays === undefined || eventDays === undefined || deliveryDays === undefined) return null;
    return { payloadDays, eventDays, deliveryDays };
  });

  const { busy, error, submit } = createSubmission(async () => {
    const chosen = days();
    if (!chosen) return;
    try {
      load(
        await api.settings.putRetention.mutate({
          ...chosen,
          note: draft().note,
          ifMatch: entityTag(loaded().revision),
        }),
      );
      toast(t('Retention saved'));
    } catch (failure) {
      const stale = staleOf<RetentionSettings>(failure);
      if (stale) setLoaded(stale.current);
      setOverwrites(stale !== null);
      throw failure;
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'settings') });
    }
  });

  return (
    <form
      class="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="max-w-[68ch] text-muted">
        {t(
          'Choose after how many days records are removed. An empty field keeps them. Removal begins shortly after midnight (UTC) and cannot be undone. What is open, waits for a decision, belongs to an open exception or is under a legal hold stays.',
        )}
      </p>
      <For each={kinds}>
        {({ field, label, help, least }) => (
          <div class="flex flex-col gap-1">
            <label for={`${id}-${field}`} class="font-medium text-sm">
              {label}
            </label>
            <p id={`${id}-${field}-help`} class="max-w-[68ch] text-faint text-sm">
              {help}
            </p>
            <div class="flex items-center gap-2">
              <div class="w-24">
                <input
                  id={`${id}-${field}`}
                  inputmode="numeric"
                  autocomplete="off"
                  placeholder={t('Keep')}
                  disabled={!mayWrite()}
                  value={draft()[field]}
                  aria-describedby={`${id}-${field}-help`}
                  aria-invalid={daysIn(draft()[field], least) === undefined ? 'true' : undefined}
                  onInput={(event) => setDraft((now) => ({ ...now, [field]: event.currentTarget.value }))}
                  class={inputClass}
                />
              </div>
              <span class="text-muted text-sm">{t('days')}</span>
              <Show when={daysIn(draft()[field], least) === undefined}>
                <span
                  role="alert"
                  class="text-failed text-sm"
                >{rich`A whole number from ${least} to 36500, or empty`}</span>
              </Show>
            </div>
          </div>
        )}
      </For>
      <div class="flex flex-col gap-1">
        <label for={`${id}-note`} class="font-medium text-sm">
          {t('Note')}
        </label>
        <textarea
          id={`${id}-note`}
          rows={2}
          maxLength={1000}
          disabled={!mayWrite()}
          value={draft().note}
          placeholder={t('Why these times, for those who read this later')}
          onInput={(event) => setDraft((now) => ({ ...now, note: event.currentTarget.value }))}
          class={`${inputClass} h-auto max-w-[68ch] py-1.5`}
        />
      </div>
      <Show when={mayWrite() && days()}>{(chosen) => <NextRemoval days={chosen()} />}</Show>
      <FailureNote failed={t('The retention was not saved.')} error={error()}>
        <Show when={overwrites()}>
          <p>{t('Save again to replace their choices, or discard your changes to see them.')}</p>
        </Show>
      </FailureNote>
      <BelowLoading>
        <SaveRow
          mayWrite={mayWrite()}
          writers={t('tenant admins')}
          busy={busy()}
          changed={changed()}
          invalid={!days()}
          onDiscard={() => load(loaded())}
          changedAt={loaded().changedAt}
          changedBy={loaded().changedBy}
        />
      </BelowLoading>
    </form>
  );
}

type Days = Pick<RetentionSettings, 'payloadDays' | 'eventDays' | 'deliveryDays'>;

/** What goes with these days, before they are saved. */
function NextRemoval(props: { days: Days }) {
  const query = useQuery(() => queries.settings.getRetentionDue(props.days));
  return (
    <section
      aria-label={t('Next removal')}
      aria-live="polite"
      class="max-w-[68ch] rounded-md border bg-raised px-3 py-2"
    >
      <h3 class="font-medium text-sm">{t('Next removal')}</h3>
      <QueryView query={query} what={t('What would be removed could not be counted')}>
        {(due) => <DueList due={due()} />}
      </QueryView>
    </section>
  );
}

function DueList(props: { due: RetentionDue }) {
  const sentences = () => kinds.flatMap(({ kind }) => dueSentence(kind, props.due) ?? []);
  return (
    <Show
      when={sentences().length > 0}
      fallback={<p class="text-muted text-sm">{t('Nothing is removed: everything is kept.')}</p>}
    >
      <ul class="flex flex-col gap-1 text-sm">
        <For each={sentences()}>{(sentence) => <li>{sentence}</li>}</For>
      </ul>
    </Show>
  );
}
