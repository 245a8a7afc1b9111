import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { type Playbook, playbookTitle } from './playbook-words.ts';
import { PublishPlanWords } from './publish-plan.tsx';

/** What publishing the draft would do, before it is done; or what keeps it from being done. */
export function PublishDialog(props: {
  playbook: Pick<Playbook, 'id' | 'title' | 'name' | 'draftRevision'>;
  onClose: () => void;
  onPublished?: (playbook: Playbook) => void;
  /** Leads to the place of a problem. */
  onIssue?: (issue: Issue) => void;
}) {
  const client = useQueryClient();
  const [note, setNote] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  // Asked for anew with every opening: runs come and go.
  const query = useQuery(() => ({
    ...queries.playbooks.publishPlan({ id: props.playbook.id }),
    staleTime: 0,
  }));
  const plan = () => (query.isSuccess && !query.isFetching ? query.data : undefined);
  const mayPublish = () => plan() !== undefined && plan()?.issues.length === 0;

  async function publish(): Promise<void> {
    if (!mayPublish() || busy()) return;
    setBusy(true);
    try {
      const published = await api.playbooks.publish.mutate({
        id: props.playbook.id,
        note: note().trim() || undefined,
        draftRevision: props.playbook.draftRevision,
      });
      client.setQueryData(queries.playbooks.get({ id: published.id }).queryKey, published);
      toast(`${playbookTitle(published)} is published as v${published.version}`);
      props.onPublished?.(published);
      // Closed first: without a draft there is no plan to ask for any more.
      props.onClose();
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
    } catch (error) {
      toastError('It was not published', error);
      void query.refetch();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Publish ${playbookTitle(props.playbook)}${plan() ? ` as v${plan()?.toVersion}` : ''}`}
      description="New runs take the published version. Runs under way keep the version they began with."
      width="760px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Not yet</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={!mayPublish()}
            onClick={() => void publish()}
          >
            Publish
          </Button>
        </>
      }
    >
      <PublishKey onPublish={() => void publish()} />
      <QueryView query={query} what="What publishing would do could not be worked out">
        {(found) => (
          <div class="flex flex-col gap-3 px-5 pb-4">
            <PublishPlanWords plan={found()} onIssue={props.onIssue} />
            <Show when={found().issues.length === 0}>
              <Field label="What for" help="Stands beside the version.">
                {(input) => (
                  <input
                    {...input}
                    type="text"
                    maxLength={500}
                    value={note()}
                    onInput={(event) => setNote(event.currentTarget.value)}
                    class={inputClass}
                  />
                )}
              </Field>
            </Show>
            <Show when={found().before}>
              {(before) => (
                <Diff
                  label="Document before and after"
                  before={JSON.stringify(before(), null, 2)}
                  after={JSON.stringify(found().after, null, 2)}
                />
              )}
            </Show>
          </div>
        )}
      </QueryView>
    </Dialog>
  );
}

/** Stands inside of the dialog, whose keys are its own. */
function PublishKey(props: { onPublish: () => void }) {
  useActions(() => [
    {
      id: 'publish:confirm',
      label: 'Publish',
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => props.onPublish(),
    },
  ]);
  return null;
}
