import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { api } from '../../../api/trpc.ts';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { ExceptionDialog } from '../parts/exception-dialog.tsx';
import type { ExceptionDraft } from '../parts/exception-draft.ts';
import type { Exception } from './exception-changes.ts';

/** Edits an exception. A change that someone else saved meanwhile is reported, not overwritten. */
export function EditDialog(props: {
  exception: Exception;
  onClose: () => void;
  onDone: (next: Exception) => void;
}) {
  // The state when the dialog opened.
  const before = props.exception;

  async function save({ assignee: _, dueAt, ...draft }: ExceptionDraft): Promise<void> {
    const sent = { ...draft, dueAt: dueAt || null };
    // Only the fields that differ, so that other fields keep changes made meanwhile.
    const changes = Object.entries(sent).filter(
      ([key, value]) => !sameJson(value, before[key as keyof typeof sent]),
    );
    const { id, revision } = before;
    props.onDone(await api.exceptions.update.mutate({ id, revision, ...Object.fromEntries(changes) }));
  }

  return (
    <ExceptionDialog
      title={`Edit ${exceptionLabel(before.number)}`}
      verb="Save"
      failed="The exception was not saved."
      start={{
        title: before.title,
        description: before.description,
        domain: before.domain,
        severity: before.severity,
        dueAt: before.dueAt ?? '',
        assignee: '',
        attributes: before.attributes,
      }}
      send={save}
      onClose={props.onClose}
    />
  );
}
