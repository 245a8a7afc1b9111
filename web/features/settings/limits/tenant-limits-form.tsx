import { useQueryClient } from '@tanstack/solid-query';
import { Plus, X } from 'lucide-solid';
import { createEffect, createSignal, Index, on, Show } from 'solid-js';
import type { Limits } from '../../../../shared/limits/limit-schemas.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { staleOf } from '../../../api/stale.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { SaveRow } from '../../../kit/save-row.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { Switch } from '../../../kit/switch.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { type Draft, draftOf, limitsIn, type NumberField, problemsOf } from './limits-draft.ts';

/** The limits of the whole organization. */
export function TenantLimitsForm(props: { limits: Limits }) {
  const can = useCan();
  const client = useQueryClient();
  const [loaded, setLoaded] = createSignal(props.limits.tenant);
  const [draft, setDraft] = createSignal(draftOf(props.limits.tenant));
  /** Someone else was first: the next press saves over theirs. */
  const [overwrites, setOverwrites] = createSignal(false);
  const changed = () => JSON.stringify(draft()) !== JSON.stringify(draftOf(loaded()));
  const load = (next: Limits['tenant']) => {
    setLoaded(next);
    setDraft(draftOf(next));
    setOverwrites(false);
  };
  createEffect(
    on(
      () => props.limits.tenant,
      (next) => !changed() && load(next),
      { defer: true },
    ),
  );
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const problems = () => problemsOf(draft());
  const mayWrite = () => can('limits.write');

  const { busy, error, submit } = createSubmission(async () => {
    try {
      const saved = await api.limits.putTenant.mutate({
        ...limitsIn(draft()),
        ifMatch: entityTag(loaded().revision),
      });
      load(saved.tenant);
      toast(t('Limits saved'));
    } catch (failure) {
      const stale = staleOf<Limits>(failure);
      if (stale) setLoaded(stale.current.tenant);
      setOverwrites(stale !== null);
      throw failure;
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'limits') });
    }
  });
  const field = (key: NumberField, label: string, placeholder: string, help?: string) => (
    <TextInput
      label={label}
      help={help}
      placeholder={placeholder}
      disabled={!mayWrite()}
      error={problems()[key]}
      value={draft()[key]}
      onInput={(value) => set({ [key]: value })}
    />
  );

  return (
    <section aria-labelledby="tenant-limits" class="flex flex-col gap-3">
      <h2 id="tenant-limits" class="font-medium">
        {t('Limits of the organization')}
      </h2>
      <form
        class="flex max-w-[68ch] flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
          {field('perMinute', t('Executions per minute'), t('No limit'), t('Of all tools together'))}
          {field('burst', t('Burst'), t('As many as per minute'), t('Executions at once after a pause'))}
          {field('hostConcurrency', t('Calls at once to one host'), t('No limit'), t('Over all processes'))}
        </div>
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-1.5 font-medium text-sm">{t('Hosts with a bound of their own')}</legend>
          <Index each={draft().hosts}>
            {(entry, index) => {
              const change = (next: Partial<Draft['hosts'][number]>) =>
                set({ hosts: draft().hosts.map((each, at) => (at === index ? { ...each, ...next } : each)) });
              return (
                <div class="flex items-end gap-2">
                  <div class="min-w-0 flex-1">
                    <TextInput
                      label={t`Host ${index + 1}`}
                      mono
                      placeholder="pay.example:443"
                      disabled={!mayWrite()}
                      value={entry().host}
                      onInput={(host) => change({ host })}
                    />
                  </div>
                  <div class="w-28">
                    <TextInput
                      label={t('Calls at once')}
                      disabled={!mayWrite()}
                      value={entry().concurrency}
                      onInput={(concurrency) => change({ concurrency })}
                    />
                  </div>
                  <Button
                    variant="quiet"
                    icon={X}
                    disabled={!mayWrite()}
                    aria-label={t`Remove host ${index + 1}`}
                    onClick={() => set({ hosts: draft().hosts.filter((_, at) => at !== index) })}
                  />
                </div>
              );
            }}
          </Index>
          <Show when={problems().hosts}>
            {(problem) => (
              <p role="alert" class="text-failed text-sm">
                {problem()}
              </p>
            )}
          </Show>
          <Show when={mayWrite()}>
            <div>
              <Button
                icon={Plus}
                onClick={() => set({ hosts: [...draft().hosts, { host: '', concurrency: '' }] })}
              >
                {t('Add host')}
              </Button>
            </div>
          </Show>
        </fieldset>
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-1.5 font-medium text-sm">{t('When calls to a host are paused')}</legend>
          <div class="flex items-center gap-2">
            <Switch
              label={t('Pause calls when they fail again and again')}
              checked={draft().enabled}
              disabled={!mayWrite()}
              onChange={(enabled) => set({ enabled })}
            />
            <span aria-hidden="true" class="text-sm">
              {t('Pause calls when they fail again and again')}
            </span>
          </div>
          <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
            {field(
              'consecutiveFailures',
              t('Failures in a row'),
              '20',
              t('No response, 5xx, or 429 with Retry-After'),
            )}
            {field('openSeconds', t('First pause in seconds'), '30', t('Doubled by each probe that fails'))}
            {field('failurePercent', t('Failures in percent'), '50', t('Of the calls of the last 30 s'))}
            {field('minCalls', t('From this many calls'), '100')}
          </div>
        </fieldset>
        <FailureNote failed={t('The limits were not saved.')} error={error()}>
          <Show when={overwrites()}>
            <p>{t('Save again to replace their choices, or discard your changes to see them.')}</p>
          </Show>
        </FailureNote>
        <SaveRow
          mayWrite={mayWrite()}
          writers={t('tool admins')}
          busy={busy()}
          changed={changed()}
          invalid={Object.keys(problems()).length > 0}
          onDiscard={() => load(loaded())}
          changedAt={loaded().changedAt}
          changedBy={loaded().changedBy}
        />
      </form>
    </section>
  );
}
