import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn } from '../../../kit/data-table/common-columns.tsx';
import { t } from '../../../words/words.ts';
import { type ExecutionRow, executionColumns } from '../../executions/parts/execution-columns.tsx';

const version = textColumn<ExecutionRow>(
  { id: 'version', header: t('Version'), needs: 'medium', width: '72px' },
  (execution) => `v${execution.toolVersion}`,
);

/** The columns of all executions, with the version in place of the tool. The facts beside them leave less room. */
export const toolExecutionColumns: readonly Column<ExecutionRow>[] = executionColumns.map((column) => {
  if (column.id === 'tool') return version;
  return column.needs === 'wide' ? { ...column, needs: 'medium' } : column;
});
