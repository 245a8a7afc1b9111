import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { piiKinds } from '../../../../shared/platform/redaction/pii/pii-kinds.ts';
import type { RedactionSettings } from '../../../../shared/tools/redaction-settings.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { staleOf } from '../../../api/stale.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { SaveRow } from '../../../kit/save-row.tsx';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { createSubmission } from '../../../kit/submission.ts';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { ChoiceSelect } from './choice-select.tsx';
import { draftOf } from './draft.ts';
import { kindWords, shownAs } from './kind-words.ts';
import { ToolDifferences } from './tool-differences.tsx';
import { TryRedaction } from './try-redaction.tsx';

/** What is stored and shown of personal data, and a box to try it. */
export function RedactionSettingsPage() {
  const query = useQuery(() => queries.settings.getRedaction());
  return (
    <QueryView query={query} what={t('The settings could not be loaded')}>
      {(settings) => <RedactionForm settings={settings()} />}
    </QueryView>
  );
}

function RedactionForm(props: { settings: RedactionSettings }) {
  const can = useCan();
  const client = useQueryClient();
  const noteId = createUniqueId();
  const [loaded, setLoaded] = createSignal(props.settings);
  const [draft, setDraft] = createSignal(draftOf(props.settings));
  /** Someone else was first: the next press saves over theirs. */
  const [overwrites, setOverwrites] = createSignal(false);
  const changed = () => !sameJson(draft(), draftOf(loaded()));
  const load = (next: RedactionSettings) => {
    setLoaded(next);
    setDraft(draftOf(next));
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

  const { busy, error, submit } = createSubmission(async () => {
    try {
      load(await api.settings.putRedaction.mutate({ ...draft(), ifMatch: entityTag(loaded().revision) }));
      toast(t('Redaction saved'));
    } catch (failure) {
      const stale = staleOf<RedactionSettings>(failure);
      if (stale) setLoaded(stale.current);
      setOverwrites(stale !== null);
      throw failure;
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'settings') });
    }
  });

  return (
    <div class="flex flex-col gap-6">
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="flex max-w-[68ch] flex-col gap-2 text-muted">
          <p>
            {t(
              'Choose what is stored and shown of personal data in the requests, responses and messages of executions. Providers always get the clear values. A choice counts for executions that are requested after it.',
            )}
          </p>
          <p>
            {t(
              'Previews and approvals show requests in the same form; an approval still covers the exact clear request. Cases, comments and forms stay as people write them. Secrets are always redacted, whatever you choose here.',
            )}
          </p>
        </div>
        <table aria-label={t('Personal data')} class="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              <ColumnHeader>{t('Kind')}</ColumnHeader>
              <ColumnHeader class="w-36 min-w-36">{t('Choice')}</ColumnHeader>
              <ColumnHeader class="max-md:hidden">{t('Stored and shown as')}</ColumnHeader>
            </tr>
          </thead>
          <tbody>
            <For each={piiKinds}>
              {(kind) => (
                <tr>
                  <td class="border-b py-2 pr-3">
                    <p class="font-medium">{kindWords[kind].label}</p>
                    <p class="text-faint text-sm">{kindWords[kind].found}</p>
                  </td>
                  <td class="border-b py-2 pr-3">
                    <ChoiceSelect
                      label={kindWords[kind].label}
                      value={draft().kinds[kind]}
                      disabled={!mayWrite()}
                      onChange={(choice) =>
                        setDraft((now) => ({ ...now, kinds: { ...now.kinds, [kind]: choice } }))
                      }
                    />
                  </td>
                  <td class="border-b py-2 font-mono text-sm text-muted max-md:hidden">
                    {shownAs(kind, draft().kinds[kind])}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <p class="max-w-[68ch] text-faint text-sm">{rich`A mask shows a part. Equal values have one hash, so search finds them by the value. In a schema, ${<code class="font-mono">x-pii: "name"</code>} says what a value is, and ${<code class="font-mono">x-pii: false</code>} that it is no personal data.`}</p>
        <ToolDifferences
          tools={draft().tools}
          disabled={!mayWrite()}
          onChange={(tools) => setDraft((now) => ({ ...now, tools }))}
        />
        <div class="flex flex-col gap-1">
          <label for={noteId} class="font-medium text-sm">
            {t('Note')}
          </label>
          <textarea
            id={noteId}
            rows={2}
            maxLength={1000}
            disabled={!mayWrite()}
            value={draft().note}
            placeholder={t('Why these choices, for those who read this later')}
            onInput={(event) => setDraft((now) => ({ ...now, note: event.currentTarget.value }))}
            class={`${inputClass} h-auto max-w-[68ch] py-1.5`}
          />
        </div>
        <FailureNote failed={t('The redaction was not saved.')} error={error()}>
          <Show when={overwrites()}>
            <p>{t('Save again to replace their choices, or discard your changes to see them.')}</p>
          </Show>
        </FailureNote>
        <SaveRow
          mayWrite={mayWrite()}
          writers={t('tenant admins')}
          busy={busy()}
          changed={changed()}
          onDiscard={() => setDraft(draftOf(loaded()))}
          changedAt={loaded().changedAt}
          changedBy={loaded().changedBy}
        />
      </form>
      <Show when={mayWrite()}>
        <TryRedaction kinds={draft().kinds} />
      </Show>
    </div>
  );
}
