import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { executionKind, executionWord } from './execution-kind.ts';
import { failureWords, formatSince, isOpen } from './execution-words.ts';

export type ExecutionRow = Outputs['executions']['list']['items'][number];

export const executionColumns: readonly Column<ExecutionRow>[] = [
  {
    id: 'status',
    header: t('Status'),
    main: true,
    width: '176px',
    cell: (execution) => <Status kind={executionKind(execution())} word={statusWords(execution())} />,
  },
  {
    id: 'tool',
    header: t('Tool'),
    width: '26%',
    cell: (execution) => (
      <span title={execution().toolName}>
        {execution().toolTitle} <span class="text-faint">v{execution().toolVersion}</span>
        <Show when={execution().test}>
          <span class="ml-1.5 rounded-sm border px-1 text-muted text-xs">{t('Test')}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'cause',
    header: t('Cause'),
    needs: 'wide',
    cell: (execution) => (
      <span class="text-muted" title={said(execution().failure?.message)}>
        {said(execution().failure?.message)}
      </span>
    ),
  },
  textColumn(
    { id: 'actor', header: t('Started by'), needs: 'medium', width: '128px' },
    (execution) => execution.actor.name,
  ),
  {
    id: 'attempts',
    header: t('Attempts'),
    needs: 'wide',
    align: 'right',
    width: '76px',
    cell: (execution) => (
      <span classList={{ 'text-faint': execution().attempts <= 1 }}>
        {execution().attempts}
        <Show when={isOpen(execution()) && execution().maxAttempts > 1}>
          <span class="text-faint"> {t`of ${execution().maxAttempts}`}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'duration',
    header: t('Duration'),
    needs: 'medium',
    align: 'right',
    width: '92px',
    cell: (execution) => <Duration execution={execution()} />,
  },
  timeColumn({ id: 'created', header: t('Requested'), width: '104px' }, (execution) => execution.createdAt),
];

/** The kind of failure in place of "Failed", where it has a short name. */
function statusWords(execution: ExecutionRow): string | undefined {
  const code = execution.failure?.code;
  const word = executionWord(execution);
  if (word) return word;
  return code && code !== 'provider_error' && code !== 'internal' ? failureWords[code] : undefined;
}

/** How long the execution took, or has been running so far. */
export function Duration(props: { execution: Pick<ExecutionRow, 'status' | 'durationMs' | 'startedAt'> }) {
  const now = useNow();
  const words = () => {
    if (props.execution.durationMs !== null) return formatDuration(props.execution.durationMs);
    if (!isOpen(props.execution) || !props.execution.startedAt) return undefined;
    return formatSince(now() - Date.parse(props.execution.startedAt));
  };
  return (
    <Show when={words()} fallback={<span class="text-faint">–</span>}>
      <span classList={{ 'text-running': isOpen(props.execution) }}>{words()}</span>
    </Show>
  );
}
