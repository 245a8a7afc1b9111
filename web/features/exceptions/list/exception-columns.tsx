import { Hand } from 'lucide-solid';
import { Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn } from '../../../kit/data-table/common-columns.tsx';
import { Due } from '../../../kit/due.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { whoWords } from '../../../shell/role-words.ts';
import { t } from '../../../words/words.ts';
import { eventWord } from '../parts/event-words.ts';
import { ExceptionStatusMark, Severity } from '../parts/severity.tsx';

export type ExceptionRow = Outputs['exceptions']['list']['items'][number];

export const exceptionColumns: readonly Column<ExceptionRow>[] = [
  {
    id: 'severity',
    header: t('Severity'),
    width: '108px',
    cell: (exception) => <Severity severity={exception().severity} />,
  },
  {
    id: 'number',
    header: t('No.'),
    width: '68px',
    cell: (exception) => (
      <span class="font-mono text-muted text-sm">{exceptionLabel(exception().number)}</span>
    ),
  },
  {
    id: 'title',
    header: t('Title'),
    main: true,
    cell: (exception) => (
      <span
        class="font-medium"
        classList={{ 'text-muted': exception().status === 'resolved' }}
        title={exception().title}
      >
        {exception().title}
      </span>
    ),
  },
  textColumn(
    { id: 'domain', header: t('Domain'), needs: 'wide', width: '96px' },
    (exception) => exception.domain,
  ),
  {
    id: 'status',
    header: t('Status'),
    needs: 'wide',
    width: '112px',
    cell: (exception) => <ExceptionStatusMark status={exception().status} />,
  },
  {
    id: 'waiting',
    header: t('Waiting on'),
    needs: 'medium',
    width: '124px',
    cell: (exception) => <WaitingOn who={exception().waitingOn} />,
  },
  {
    id: 'assignee',
    header: t('Assignee'),
    needs: 'wide',
    width: '112px',
    cell: (exception) => (
      <Show when={exception().assignee} fallback={<span class="text-faint">{t('No one')}</span>}>
        {(person) => <>{person().name}</>}
      </Show>
    ),
  },
  {
    id: 'due',
    header: t('Due'),
    align: 'right',
    width: '108px',
    cell: (exception) => <Due at={exception().dueAt} done={exception().status === 'resolved'} />,
  },
  {
    id: 'last',
    header: t('Last event'),
    needs: 'full',
    align: 'right',
    width: '176px',
    cell: (exception) => (
      <Show when={exception().lastEvent} fallback={<span class="text-faint">–</span>}>
        {(event) => (
          <span class="flex justify-end gap-1 text-muted">
            <span class="truncate">{eventWord(event().type)}</span>
            <span class="shrink-0 text-faint">
              <RelativeTime at={event().at} />
            </span>
          </span>
        )}
      </Show>
    ),
  },
];

/** Who has to act. */
function WaitingOn(props: { who: string | null }) {
  return (
    <Show when={props.who} fallback={<span class="text-faint">–</span>}>
      {(who) => (
        <span
          class="inline-flex max-w-full items-center gap-1.5 align-bottom text-waiting"
          title={whoWords(who())}
        >
          <Hand size={14} aria-hidden="true" class="shrink-0" />
          <span class="truncate">{whoWords(who())}</span>
        </span>
      )}
    </Show>
  );
}
