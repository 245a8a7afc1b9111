import { createSignal, For, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { type Stale, staleOf } from '../../../api/stale.ts';
import { api } from '../../../api/trpc.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { rich, t } from '../../../words/words.ts';
import { ExceptionDialog } from '../parts/exception-dialog.tsx';
import type { ExceptionDraft } from '../parts/exception-draft.ts';
import type { Exception } from './exception-changes.ts';

/** Edits an exception. What someone else saved meanwhile is shown, and not overwritten unless the person goes on. */
export function EditDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  // The state when the dialog opened.
  const before = props.exception;
  const [stale, setStale] = createSignal<Stale<Exception> | null>(null);

  async function save({ assignee: _, dueAt, ...draft }: ExceptionDraft): Promise<void> {
    const sent = { ...draft, dueAt: dueAt || null };
    // Only the fields that differ, so that other fields keep changes made meanwhile.
    const changes = Object.entries(sent).filter(
      ([key, value]) => !sameJson(value, before[key as keyof typeof sent]),
    );
    const { revision } = stale()?.current ?? before;
    try {
      props.onDone(
        await api.exceptions.update.mutate({
          id: before.id,
          ifMatch: entityTag(revision),
          ...Object.fromEntries(changes),
        }),
      );
    } catch (error) {
      setStale((known) => staleOf<Exception>(error) ?? known);
      throw error;
    }
  }

  return (
    <ExceptionDialog
      title={t`Edit ${exceptionLabel(before.number)}`}
      verb={stale() ? t('Save my changes over theirs') : t('Save')}
      failed={t('The exception was not saved.')}
      note={
        <Show when={stale()}>
          {(now) => <Difference before={before} now={now().current} by={now().by} at={now().at} />}
        </Show>
      }
      start={{
        title: before.title,
        description: before.description,
        domain: before.domain,
        severity: before.severity,
        dueAt: before.dueAt ?? '',
        assignee: '',
        attributes: before.attributes,
      }}
      send={save}
      onClose={props.onClose}
    />
  );
}

const fields = {
  title: t('Title'),
  description: t('Description'),
  status: t('Status'),
  domain: t('Domain'),
  severity: t('Severity'),
  dueAt: t('Due'),
  assignee: t('Assignee'),
  attributes: t('Attributes'),
} as const satisfies Partial<Record<keyof Exception, string>>;

/** What someone else has changed since the dialog opened. */
function Difference(props: { before: Exception; now: Exception; by: string; at: string }) {
  const changed = () =>
    (Object.keys(fields) as (keyof typeof fields)[]).filter(
      (field) => !sameJson(props.before[field], props.now[field]),
    );
  return (
    <section
      aria-label={t('What has changed')}
      class="flex flex-col gap-1 rounded-md bg-unknown-soft px-3 py-2"
    >
      <p>
        {rich`${() => props.by} changed this ${<RelativeTime at={props.at} />}. Your changes are still here; saving again replaces only the fields that you changed.`}
      </p>
      <ul>
        <For each={changed()}>
          {(field) => (
            <li>
              <span class="text-muted">{fields[field]}:</span> {words(props.before[field])} →{' '}
              {words(props.now[field])}
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function words(value: Exception[keyof typeof fields]): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'string') return value;
  return 'name' in value ? String(value.name) : JSON.stringify(value);
}
