import { useQueryClient } from '@tanstack/solid-query';
import { type Accessor, createMemo } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';
import { severityWords } from '../parts/exception-words.ts';
import type { ExceptionRow } from './exception-columns.tsx';

const noOne = 'none';
const resolved = (exception: ExceptionRow) =>
  exception.status === 'resolved' ? t('Resolved: reopen it to change it') : null;

/** Assigns several exceptions, or changes their severity. Undefined for who may not. */
export function createExceptionBulk(
  members: Accessor<readonly { id: string; name: string }[]>,
): Accessor<Bulk<ExceptionRow> | undefined> {
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  const settled = () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions') });
  const toMe = (mine: string): BulkAction<ExceptionRow> => ({
    id: 'mine',
    label: t('Assign to me'),
    keys: 'i',
    about: (count) => t`Assigns ${counted(count, '{0} exception|{0} exceptions')} to you.`,
    leaves: (exception) =>
      resolved(exception) ?? (exception.assignee?.id === mine ? t('Already assigned to you') : null),
    run: ({ id }) => api.exceptions.assign.mutate({ id, assignee: mine }),
    settled,
  });
  const assign = (): BulkAction<ExceptionRow> => ({
    id: 'assign',
    label: t('Assign'),
    keys: 'a',
    choice: {
      label: t('Assign to'),
      options: [
        ...members().map(({ id, name }) => ({ value: id, label: name })),
        { value: noOne, label: t('No one') },
      ],
    },
    about: (count) => t`Changes the assignee of ${counted(count, '{0} exception|{0} exceptions')}.`,
    leaves: resolved,
    run: ({ id }, chosen) => api.exceptions.assign.mutate({ id, assignee: chosen === noOne ? null : chosen }),
    settled,
  });
  const severity: BulkAction<ExceptionRow> = {
    id: 'severity',
    label: t('Change severity'),
    choice: {
      label: t('Severity'),
      options: severities.toReversed().map((value) => ({ value, label: severityWords[value] })),
    },
    about: (count) => t`Changes the severity of ${counted(count, '{0} exception|{0} exceptions')}.`,
    leaves: resolved,
    run: ({ id }, chosen) =>
      api.exceptions.update.mutate({ id, severity: severities.find((each) => each === chosen) }),
    settled,
  };
  return createMemo(() => {
    const mine = me()?.actor.id;
    if (!mine || !can('exceptions.write')) return undefined;
    return {
      name: ({ number, title }) => `${exceptionLabel(number)} ${title}`,
      actions: [toMe(mine), assign(), severity],
    };
  });
}
