import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { formatNumber } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';
import { PlaybookStatus } from '../parts/playbook-status.tsx';

export type PlaybookRow = Outputs['playbooks']['list']['items'][number];

const Count = (props: { value: number }) => (
  <Show when={props.value > 0} fallback={<span class="text-faint">0</span>}>
    {formatNumber(props.value)}
  </Show>
);

export const playbookColumns: readonly Column<PlaybookRow>[] = [
  {
    id: 'title',
    header: t('Playbook'),
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
    header: t('Status'),
    width: '188px',
    cell: (playbook) => <PlaybookStatus playbook={playbook()} />,
  },
  {
    id: 'steps',
    needs: 'medium',
    header: t('Steps'),
    align: 'right',
    width: '72px',
    cell: (playbook) => <Count value={playbook().steps} />,
  },
  {
    id: 'open',
    header: t('Open runs'),
    align: 'right',
    width: '92px',
    cell: (playbook) => <Count value={playbook().openRuns} />,
  },
  {
    id: 'runs',
    needs: 'medium',
    header: t('Runs 30 days'),
    align: 'right',
    width: '108px',
    cell: (playbook) => <Count value={playbook().runs30d} />,
  },
  timeColumn(
    { id: 'updated', header: t('Updated'), needs: 'medium', width: '112px' },
    (playbook) => playbook.updatedAt,
  ),
];
