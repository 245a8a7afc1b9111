import { Link } from '@tanstack/solid-router';
import { For, Match, Show, Switch } from 'solid-js';
import { useQuery } from '../../api/query.ts';
import { api, queries } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { withOwnTimes } from '../../kit/format.ts';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { toastError } from '../../shell/toasts.tsx';
import { said } from '../../words/said.ts';
import { t } from '../../words/words.ts';

const shown = 10;

/** Messages to the signed-in person: of playbooks, and of credentials, trials and schedules that need someone. */
export function Notices(props: { tenant: string }) {
  const query = useQuery(() => queries.inbox.notices());
  const notices = () => (query.isSuccess ? query.data.items.slice(0, shown).map(inOwnWords) : []);
  const unread = () => notices().some((notice) => notice.unread);
  const readAll = async () => {
    const [newest] = notices();
    if (!newest) return;
    try {
      await api.inbox.readNotices.mutate({ upTo: newest.id });
      await query.refetch();
    } catch (error) {
      toastError(t('The notices were not marked as read'), error);
    }
  };
  return (
    <Show when={notices().length > 0}>
      <section aria-label={t('Notices')} class="mt-auto border-t">
        <div class="flex min-h-9 items-center px-4">
          <h2 class="label-caps flex-1">{t('Notices')}</h2>
          <Show when={unread()}>
            <Button variant="quiet" onClick={() => void readAll()}>
              {t('Mark as read')}
            </Button>
          </Show>
        </div>
        <ul>
          <For each={notices()}>
            {(notice) => (
              <li class="flex gap-2 px-4 py-1.5 text-sm">
                <span
                  aria-hidden="true"
                  class="mt-1.5 size-1.5 shrink-0 rounded-full"
                  classList={{ 'bg-accent': notice.unread }}
                />
                <span class="min-w-0 flex-1 break-words">
                  <Show when={notice.unread}>
                    <span class="sr-only">{t('Unread:')} </span>
                  </Show>
                  <Show when={notice.runId} fallback={<OfSubject tenant={props.tenant} notice={notice} />}>
                    {(runId) => (
                      <Link
                        to="/t/$tenant/playbook-runs/$runId"
                        params={{ tenant: props.tenant, runId: runId() }}
                        search={{ step: notice.stepId ?? undefined }}
                        class="hover:text-accent"
                      >
                        {notice.text}
                      </Link>
                    )}
                  </Show>
                </span>
                <span class="shrink-0 text-muted">
                  <RelativeTime at={notice.createdAt} />
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

interface Subject {
  text: string;
  credentialId: string | null;
  toolId: string | null;
  scheduleId: string | null;
}

const inOwnWords = <T extends { text: string }>(notice: T): T => ({
  ...notice,
  text: withOwnTimes(said(notice.text)),
});

/** A notice that is about no run. */
const OfSubject = (props: { tenant: string; notice: Subject }) => (
  <Switch fallback={props.notice.text}>
    <Match when={props.notice.credentialId}>
      {(credentialId) => (
        <Link
          to="/t/$tenant/settings/credentials/$credentialId"
          params={{ tenant: props.tenant, credentialId: credentialId() }}
          class="hover:text-accent"
        >
          {props.notice.text}
        </Link>
      )}
    </Match>
    <Match when={props.notice.scheduleId}>
      {(scheduleId) => (
        <Link
          to="/t/$tenant/schedules/$scheduleId"
          params={{ tenant: props.tenant, scheduleId: scheduleId() }}
          class="hover:text-accent"
        >
          {props.notice.text}
        </Link>
      )}
    </Match>
    <Match when={props.notice.toolId}>
      {(toolId) => (
        <Link
          to="/t/$tenant/tools/$toolId"
          params={{ tenant: props.tenant, toolId: toolId() }}
          search={{ tab: 'trial' }}
          class="hover:text-accent"
        >
          {props.notice.text}
        </Link>
      )}
    </Match>
  </Switch>
);
