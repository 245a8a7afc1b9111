import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { SubmitKey } from '../../../kit/submit-key.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { createExceptionDraft } from '../parts/exception-draft.ts';
import { ExceptionFields, type ExceptionFieldsHandle } from '../parts/exception-fields.tsx';

/** Creates an exception. The idempotency key lasts as long as the dialog, so a double click creates one. */
export function NewExceptionDialog(props: { onClose: () => void; onCreated: (id: string) => void }) {
  const client = useQueryClient();
  const query = useQuery(() => queries.exceptions.domains());
  const domains = () => (query.isSuccess ? query.data.items : []);
  const draft = createExceptionDraft(
    {
      title: '',
      description: '',
      domain: 'general',
      severity: 'medium',
      dueAt: '',
      assignee: '',
      attributes: {},
    },
    domains,
  );
  const [busy, setBusy] = createSignal(false);
  const key = uuidv7();
  let fields: ExceptionFieldsHandle | undefined;

  async function create(): Promise<void> {
    if (busy()) return;
    const { title, dueAt, assignee, ...rest } = draft.draft();
    const found = [
      ...(title.trim() === '' ? [{ path: '/title', message: 'Enter a title.', keyword: 'required' }] : []),
      ...(fields?.check() ?? []),
    ];
    if (found[0]) {
      draft.reject(found);
      fields?.focus(found[0].path);
      return;
    }
    setBusy(true);
    draft.begin();
    try {
      const made = await api.exceptions.create.mutate({
        ...rest,
        title: title.trim(),
        dueAt: dueAt || null,
        assignee: assignee || null,
        idempotencyKey: key,
      });
      client.setQueryData(queries.exceptions.get({ id: made.id }).queryKey, made);
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'list') });
      toast(`${exceptionLabel(made.number)} created`);
      props.onClose();
      props.onCreated(made.id);
    } catch (failure) {
      draft.fail(failure);
      const first = draft.firstIssue();
      if (first !== undefined) fields?.focus(first);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title="New exception"
      width="640px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="primary" keys="mod+enter" busy={busy()} onClick={() => void create()}>
            Create exception
          </Button>
        </>
      }
    >
      <SubmitKey
        verb="Create exception"
        onSubmit={() => void create()}
        onOpened={() => fields?.focus('/title')}
      />
      <ExceptionFields
        draft={draft}
        domains={domains()}
        withAssignee
        failure="The exception was not created"
        handle={(handle) => {
          fields = handle;
        }}
      />
    </Dialog>
  );
}
