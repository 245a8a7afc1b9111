import { Key } from '@solid-primitives/keyed';
import { Plus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { EditSheet } from '../../../kit/edit-sheet.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { type ActionDraft, newDraft, toAction, toActions, toDraft } from './action-draft.ts';
import { ActionEditor } from './action-editor.tsx';
import type { Endpoint } from './inbound-words.ts';
import { createActionTrial, TryActions } from './try-actions.tsx';

const maxActions = 20;

/** Edits the actions of an endpoint, and shows beside them what they would do with a body that it has received. */
export function ActionsSheet(props: {
  endpoint: Endpoint;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}) {
  const [drafts, setDrafts] = createSignal<readonly ActionDraft[]>(props.endpoint.actions.map(toDraft));
  const trial = createActionTrial(props.endpoint.id, () => drafts().map(toAction));
  const { busy, error, submit } = createSubmission(async () => {
    const actions = toActions(drafts());
    // The server says what is missing, at its place.
    if (!actions) return trial.run();
    const { id, name, revision } = props.endpoint;
    await api.inboundWebhooks.update.mutate({ id, actions, ifMatch: entityTag(revision) });
    await props.onSaved();
    toast(t`${name} saved`);
    props.onClose();
  });
  const issueAt = (pointer: string) =>
    [
      ...(trial.response()?.issues ?? []),
      ...(error()?.issues ?? []).map((issue) => ({ ...issue, path: issue.path.replace(/^\/actions/, '') })),
    ].find(
      ({ path }) => path === pointer || (pointer.split('/').length > 2 && path.startsWith(`${pointer}/`)),
    )?.message;
  const change = (index: number, made: Partial<ActionDraft>) =>
    setDrafts((before) => before.with(index, { ...before[index]!, ...made }));
  const move = (index: number, by: -1 | 1) =>
    setDrafts((before) => before.toSpliced(index, 1).toSpliced(index + by, 0, before[index]!));

  return (
    <EditSheet
      onClose={props.onClose}
      width="1160px"
      title={t`Actions of ${props.endpoint.name}`}
      description={t(
        'They are done in this order with every delivery. A text may have expressions over body, headers, item and opened: ${{ body.id }}.',
      )}
      busy={busy()}
      onSave={() => void submit()}
    >
      <div class="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] max-md:grid-cols-1">
        <div class="flex flex-col gap-3 px-5 py-4">
          <FailureNote
            failed={t('The actions were not saved.')}
            error={error()}
            highlighted={(error()?.issues.length ?? 0) > 0}
          />
          <Show when={(trial.response()?.issues.length ?? 0) > 0}>
            <p class="text-failed text-sm">{t('An action is not complete. It can be saved once it is.')}</p>
          </Show>
          <ol aria-label={t('Actions')} class="flex flex-col gap-4">
            <Key each={drafts()} by="key">
              {(draft, index) => (
                <ActionEditor
                  draft={draft()}
                  index={index()}
                  count={drafts().length}
                  issueAt={(pointer) => issueAt(`/${index()}${pointer}`)}
                  onChange={(made) => change(index(), made)}
                  onMove={(by) => move(index(), by)}
                  onRemove={() => setDrafts((before) => before.toSpliced(index(), 1))}
                />
              )}
            </Key>
          </ol>
          <div>
            <Button
              icon={Plus}
              disabled={drafts().length >= maxActions}
              onClick={() => setDrafts((before) => [...before, newDraft()])}
            >
              {t('Add action')}
            </Button>
          </div>
        </div>
        <div class="border-l px-5 py-4 max-md:border-t max-md:border-l-0">
          <TryActions trial={trial} />
        </div>
      </div>
    </EditSheet>
  );
}
