import { useQueryClient } from '@tanstack/solid-query';
import { v7 as uuidv7 } from 'uuid';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { RulePreview } from '../../rules/parts/rule-preview.tsx';
import { ExceptionDialog } from '../parts/exception-dialog.tsx';
import type { ExceptionDraft } from '../parts/exception-draft.ts';

const emptyDraft: ExceptionDraft = {
  title: '',
  description: '',
  domain: 'general',
  severity: '',
  dueAt: '',
  assignee: '',
  attributes: {},
};

/** Creates an exception. The idempotency key lasts as long as the dialog, so a double click creates one. */
export function NewExceptionDialog(props: { onClose: () => void; onCreated: (id: string) => void }) {
  const client = useQueryClient();
  const idempotencyKey = uuidv7();

  async function create(draft: ExceptionDraft): Promise<void> {
    const made = await api.exceptions.create.mutate({ ...chosen(draft), idempotencyKey });
    client.setQueryData(queries.exceptions.get({ id: made.id }).queryKey, made);
    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'list') });
    toast(t`${exceptionLabel(made.number)} created`);
    props.onCreated(made.id);
  }

  return (
    <ExceptionDialog
      title={t('New exception')}
      verb={t('Create exception')}
      failed={t('The exception was not created.')}
      start={emptyDraft}
      isNew
      preview={(draft) => <RulePreview exception={() => chosen(draft())} />}
      send={create}
      onClose={props.onClose}
    />
  );
}

/** What a person has not chosen is left out, so that rules may set it. */
const chosen = ({ severity, dueAt, assignee, ...rest }: ExceptionDraft) => ({
  ...rest,
  ...(severity && { severity }),
  ...(dueAt && { dueAt }),
  ...(assignee && { assignee }),
});
