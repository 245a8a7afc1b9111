import { useQuery } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { api, type Inputs, queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { SubmitKey } from '../../../kit/submit-key.tsx';
import { createExceptionDraft } from '../parts/exception-draft.ts';
import { ExceptionFields, type ExceptionFieldsHandle } from '../parts/exception-fields.tsx';
import type { Exception } from './exception-changes.ts';

/** Edits an exception. A change that someone else saved meanwhile is reported, not overwritten. */
export function EditDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  const query = useQuery(() => queries.exceptions.domains());
  const domains = () => (query.isSuccess ? query.data.items : []);
  // The state when the dialog opened.
  const before = props.exception;
  const draft = createExceptionDraft(
    {
      title: before.title,
      description: before.description,
      domain: before.domain,
      severity: before.severity,
      dueAt: before.dueAt ?? '',
      assignee: '',
      attributes: before.attributes,
    },
    domains,
  );
  const [busy, setBusy] = createSignal(false);
  let fields: ExceptionFieldsHandle | undefined;

  /** Only the fields that differ, so that other fields keep changes made meanwhile. */
  const changes = (): Inputs['exceptions']['update'] => {
    const { assignee: _, dueAt, ...now } = draft.draft();
    const sent = { ...now, title: now.title.trim(), dueAt: dueAt || null };
    const differs = Object.entries(sent).filter(
      ([key, value]) => !sameJson(value, before[key as keyof typeof sent]),
    );
    return { id: before.id, revision: before.revision, ...Object.fromEntries(differs) };
  };

  async function save(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    draft.begin();
    try {
      props.onDone(await api.exceptions.update.mutate(changes()));
      props.onClose();
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
      title={`Edit ${exceptionLabel(before.number)}`}
      width="640px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={draft.draft().title.trim() === ''}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <SubmitKey verb="Save" onSubmit={() => void save()} onOpened={() => fields?.focus('/title')} />
      <ExceptionFields
        draft={draft}
        domains={domains()}
        failure="The exception was not saved"
        handle={(handle) => {
          fields = handle;
        }}
      />
    </Dialog>
  );
}
