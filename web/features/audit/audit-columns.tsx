import type { Column } from '../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../kit/data-table/common-columns.tsx';
import { t } from '../../words/words.ts';
import { type AuditRow, auditWord, originWords, subjectWords } from './audit-words.ts';

export const auditColumns: readonly Column<AuditRow>[] = [
  {
    id: 'what',
    header: t('What'),
    main: true,
    cell: (event) => <span title={event().type}>{auditWord(event().type)}</span>,
  },
  textColumn({ id: 'subject', header: t('About'), needs: 'medium', width: '28%' }, subjectWords),
  {
    id: 'who',
    header: t('Who'),
    width: '20%',
    cell: (event) => <span title={event().actor.id}>{event().actor.name}</span>,
  },
  textColumn({ id: 'origin', header: t('Through'), needs: 'wide', width: '220px' }, originWords),
  timeColumn({ id: 'at', header: t('When'), width: '104px' }, (event) => event.createdAt),
];
