import { createSignal, type JSX, Show } from 'solid-js';
import type { ArchivedType } from '../../../../shared/archived/archived-types.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';
import type { ArchivedRow } from './archived-words.ts';
import { RestoreDialog } from './restore-dialog.tsx';

/** "Archived by Ana, 3 days ago", with what restores it. */
export function ArchivedLine(props: { archived: ArchivedRow; onRestored?: () => void }) {
  const [asking, setAsking] = createSignal(false);
  useActions(() =>
    props.archived.restorable
      ? [
          {
            id: 'page:restore',
            label: t`Restore ${props.archived.title}`,
            keys: 'shift+r',
            group: 'Page',
            run: () => setAsking(true),
          },
        ]
      : [],
  );
  const since = () => <RelativeTime at={props.archived.archivedAt} />;
  return (
    <section
      aria-label={t('Archived')}
      class="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-sunken px-6 py-2.5 max-sm:px-4"
    >
      <p class="min-w-0 flex-1">
        <Show when={props.archived.archivedBy} fallback={rich`Archived, ${since}`}>
          {(by) => rich`Archived by ${() => by().name}, ${since}`}
        </Show>
      </p>
      <Show
        when={props.archived.restorable}
        fallback={<span class="text-muted">{t('You do not have the role to restore it.')}</span>}
      >
        <Button variant="primary" keys="shift+r" onClick={() => setAsking(true)}>
          {t('Restore')}
        </Button>
      </Show>
      <Show when={asking()}>
        <RestoreDialog
          archived={props.archived}
          {...(props.onRestored && { onRestored: props.onRestored })}
          onClose={() => setAsking(false)}
        />
      </Show>
    </section>
  );
}

/** The line, on a page that still shows what was archived. */
export function ArchivedBanner(props: { type: ArchivedType; id: string }) {
  const query = useQuery(() => ({
    ...queries.archived.get({ type: props.type, id: props.id }),
    retry: false,
  }));
  return (
    <Show when={query.isSuccess ? query.data : undefined}>
      {(archived) => <ArchivedLine archived={archived()} />}
    </Show>
  );
}

/** In place of something that is not found: who archived it, if anyone has. */
export function ArchivedNotice(props: {
  type: ArchivedType;
  id: string;
  /** Above it, such as the title of the page; gets the name of what was archived. */
  header: (title: string) => JSX.Element;
  /** Of something that was never there. */
  fallback: JSX.Element;
}) {
  const query = useQuery(() => ({
    ...queries.archived.get({ type: props.type, id: props.id }),
    retry: false,
  }));
  const archived = () => (query.isSuccess ? query.data : undefined);
  return (
    <Show when={archived()} fallback={<Show when={query.isError}>{props.fallback}</Show>}>
      {(row) => (
        <>
          {props.header(row().title)}
          <ArchivedLine archived={row()} />
          <p class="px-6 py-6 text-muted max-sm:px-4">
            {t(
              'What it has done is kept: its executions and runs are in their lists, its changes in the audit trail.',
            )}
          </p>
        </>
      )}
    </Show>
  );
}
