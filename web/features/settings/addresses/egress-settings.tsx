import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

const toLines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The private addresses that this tenant's tools may reach. */
export function EgressSettings() {
  const query = useQuery(() => queries.settings.getEgress());
  return (
    <QueryView query={query} what={t('The settings could not be loaded')}>
      {(settings) => <EgressForm hosts={settings().privateHosts} />}
    </QueryView>
  );
}

function EgressForm(props: { hosts: readonly string[] }) {
  const can = useCan();
  const client = useQueryClient();
  const id = createUniqueId();
  const stored = createMemo(() => props.hosts.join('\n'));
  const [text, setText] = createSignal(stored());
  // Another person's change appears only if it overwrites no unsaved text.
  createEffect(on(stored, (next, before) => text() === before && setText(next), { defer: true }));
  const changed = () => toLines(text()).join('\n') !== stored();

  const { busy, error, submit } = createSubmission(async () => {
    await api.settings.putEgress.mutate({ privateHosts: toLines(text()) });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'settings') });
    setText(stored());
    toast(t('Private addresses saved'));
  });

  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p id={`${id}-help`} class="max-w-[68ch] text-muted">
        {t(
          'Tools can reach public addresses only. Private, loopback and link-local addresses are blocked after name resolution, unless the exact host and port are listed here.',
        )}
      </p>
      <label for={id} class="-mb-2 font-medium text-sm">
        {t('One host:port per line')}
      </label>
      <textarea
        id={id}
        rows={Math.max(4, toLines(text()).length + 1)}
        spellcheck={false}
        disabled={!can('settings.write')}
        aria-describedby={`${id}-help`}
        aria-invalid={error() ? 'true' : undefined}
        placeholder="127.0.0.1:4501"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        class="w-full max-w-100 rounded-md border border-line-strong bg-bg px-2 py-1.5 font-mono text-sm disabled:opacity-60 aria-invalid:border-failed"
      />
      <FailureNote failed={t('The addresses were not saved.')} error={error()}>
        <For each={error()?.issues}>
          {(issue) => (
            <p class="text-sm">
              <code class="font-mono">{lineOf(issue.path, text())}</code> {issue.message}
            </p>
          )}
        </For>
      </FailureNote>
      <Show
        when={can('settings.write')}
        fallback={<p class="text-faint text-sm">{t('Only tenant admins can change this.')}</p>}
      >
        <div class="flex gap-2">
          <Button type="submit" variant="primary" busy={busy()} disabled={!changed()}>
            {t('Save')}
          </Button>
          <Show when={changed()}>
            <Button variant="quiet" onClick={() => setText(stored())}>
              {t('Discard changes')}
            </Button>
          </Show>
        </div>
      </Show>
    </form>
  );
}

/** `/privateHosts/1` → the text of that line. */
function lineOf(path: string, text: string): string {
  const index = /\/privateHosts\/(\d+)/.exec(path)?.[1];
  return index === undefined ? path : (toLines(text)[Number(index)] ?? path);
}
