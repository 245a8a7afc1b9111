import { For } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { formatExactTime } from '../../../kit/format.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

const words: Record<string, string> = {
  BreakerOpened: t('Paused'),
  BreakerProbeFailed: t('The probe failed'),
  BreakerClosed: t('Calls go on'),
  BreakerHeld: t('Held'),
  BreakerReset: t('Reset'),
};

/** What became of the calls to a host, newest first. */
export function BreakerHistory(props: { id: string; host: string; onClose: () => void }) {
  const query = useQuery(() =>
    queries.events.list({ subjectType: 'breaker', subjectId: props.id, limit: 50 }),
  );
  return (
    <Dialog open title={t`History of ${props.host}`} width="560px" onClose={props.onClose}>
      <div class="px-5 pb-5">
        <QueryView query={query} what={t('The history could not be loaded')}>
          {(page) => (
            <ol aria-label={t('History')} class="border-t">
              <For each={page().items}>
                {(event) => (
                  <li class="border-b py-2">
                    <span class="font-medium">{words[event.type] ?? event.type}</span>{' '}
                    <span class="text-muted">
                      {t`by ${event.actor.name}, ${formatExactTime(event.createdAt)}`}
                    </span>
                    <span class="block break-words">{said(String(event.data.reason ?? ''))}</span>
                  </li>
                )}
              </For>
            </ol>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}
