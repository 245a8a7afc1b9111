import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { ChangeNote } from '../../../kit/versions/change-note.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { type Playbook, playbookTitle } from './playbook-words.ts';
import { PublishPlanView } from './publish-plan.tsx';

/** Shows what publishing the draft would do, or what prevents it, and publishes. */
export function PublishDialog(props: {
  playbook: Pick<Playbook, 'id' | 'title' | 'name' | 'draftRevision'>;
  onClose: () => void;
  onPublished?: (playbook: Playbook) => void;
  /** Goes to the place of an issue. */
  onIssue?: (issue: Issue) => void;
}) {
  const client = useQueryClient();
  const [note, setNote] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  // Never from the cache: runs start and end.
  const query = useQuery(() => ({
    ...queries.playbooks.publishPlan({ id: props.playbook.id }),
    staleTime: 0,
  }));
  const plan = () => (query.isSuccess && !query.isFetching ? query.data : undefined);
  const mayPublish = () => plan() !== undefined && plan()?.issues.length === 0;

  async function publish(): Promise<void> {
    setBusy(true);
    try {
      const published = await api.playbooks.publish.mutate({
        id: props.playbook.id,
        note: note().trim() || undefined,
        draftRevision: props.playbook.draftRevision,
      });
      client.setQueryData(queries.playbooks.get({ id: published.id }).queryKey, published);
      toast(t`${playbookTitle(published)} published as v${published.version}`);
      props.onPublished?.(published);
      // Close before refetching: without a draft the plan is not found.
      props.onClose();
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
    } catch (error) {
      toastError(t('The playbook was not published'), error);
      void query.refetch();
    } finally {
      setBusy(false);
    }
  }

  return (
    <SubmitDialog
      title={
        plan()
          ? t`Publish ${playbookTitle(props.playbook)} as v${plan()?.toVersion}`
          : t`Publish ${playbookTitle(props.playbook)}`
      }
      description={t('New runs use the published version. Open runs keep their version.')}
      width="760px"
      verb={t('Publish')}
      busy={busy()}
      ready={mayPublish()}
      onSubmit={() => void publish()}
      onClose={props.onClose}
    >
      <QueryView query={query} what={t('The changes could not be loaded')}>
        {(found) => (
          <div class="flex flex-col gap-3 px-5 pb-4">
            <PublishPlanView plan={found()} onIssue={props.onIssue}>
              <Show when={found().issues.length === 0}>
                <ChangeNote value={note()} onInput={setNote} />
              </Show>
            </PublishPlanView>
          </div>
        )}
      </QueryView>
    </SubmitDialog>
  );
}
