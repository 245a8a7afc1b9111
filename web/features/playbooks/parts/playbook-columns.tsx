import { CircleCheck, CircleDashed } from 'lucide-solid';
import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { formatNumber } from '../../../kit/format.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';

export type PlaybookRow = Outputs['playbooks']['list']['items'][number];

const Count = (props: { value: number }) => (
  <Show when={props.value > 0} fallback={<span class="text-faint">0</span>}>
    {formatNumber(props.value)}
  </Show>
);

export const playbookColumns: readonly Column<PlaybookRow>[] = [
  {
    id: 'title',
    header: 'Playbook',
    main: true,
    cell: (playbook) => (
      <>
        <span class="font-medium">{playbook().title}</span>
        <span class="ml-2 font-mono text-faint text-sm">{playbook().name}</span>
      </>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: '188px',
    cell: (playbook) => <PlaybookStatus playbook={playbook()} />,
  },
  {
    id: 'steps',
    needs: 'medium',
    header: 'Steps',
    align: 'right',
    width: '72px',
    cell: (playbook) => <Count value={playbook().steps} />,
  },
  {
    id: 'open',
    header: 'Open runs',
    align: 'right',
    width: '92px',
    cell: (playbook) => <Count value={playbook().openRuns} />,
  },
  {
    id: 'runs',
    needs: 'medium',
    header: 'Runs 30 days',
    align: 'right',
    width: '108px',
    cell: (playbook) => <Count value={playbook().runs30d} />,
  },
  {
    id: 'updated',
    needs: 'medium',
    header: 'Updated',
    align: 'right',
    width: '112px',
    cell: (playbook) => (
      <span class="text-muted">
        <RelativeTime at={playbook().updatedAt} />
      </span>
    ),
  },
];

/** The published version, or never published; and whether there is a draft. */
export function PlaybookStatus(props: {
  playbook: { status: 'draft' | 'published'; version: number | null; hasDraft: boolean };
}) {
  return (
    <span class="inline-flex items-center gap-2 align-bottom">
      <Show
        when={props.playbook.status === 'published'}
        fallback={
          <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-requested">
            <CircleDashed size={14} aria-hidden="true" class="shrink-0" />
            Draft
          </span>
        }
      >
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-succeeded">
          <CircleCheck size={14} aria-hidden="true" class="shrink-0" />
          Published v{props.playbook.version}
        </span>
        <Show when={props.playbook.hasDraft}>
          <span class="rounded-sm border px-1 text-muted text-xs" title="Has an unpublished draft">
            draft
          </span>
        </Show>
      </Show>
    </span>
  );
}
