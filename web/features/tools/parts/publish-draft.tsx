import { useQueryClient } from '@tanstack/solid-query';
import { For, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Diff } from '../../../kit/diff/diff.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { DefinitionChange } from './definition-change.tsx';
import { ToolUses, useToolUses } from './tool-uses.tsx';
import { shownDefinition, type Tool } from './tool-words.ts';

type Draft = Outputs['tools']['draft'];

/** What publishing a draft changes for everyone, and the button that does it. */
export function PublishDraftDialog(props: {
  toolId: string;
  version: number;
  onClose: () => void;
  onPublished: (tool: Tool) => void;
}) {
  const client = useQueryClient();
  const query = useQuery(() => queries.tools.draft({ id: props.toolId }));
  const tool = useQuery(() => queries.tools.get({ id: props.toolId }));
  const draft = () => (query.isSuccess ? query.data : undefined);
  const current = () => (tool.isSuccess && tool.data.version > 0 ? tool.data : undefined);
  const renamed = () => current() !== undefined && draft()?.definition.name !== current()?.name;
  const uses = useToolUses(() => props.toolId, renamed);
  const { busy, error, submit } = createSubmission(async () => {
    const published = await api.tools.publishDraft.mutate({
      id: props.toolId,
      version: props.version,
      // The person has seen who uses it under the old name.
      force: renamed() && uses.used(),
      ...(tool.isSuccess && { ifMatch: entityTag(tool.data.version) }),
    });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
    toast(t`v${published.version} is published`);
    props.onPublished(published);
  });
  return (
    <SubmitDialog
      title={t`Publish v${props.version}`}
      description={
        current()
          ? t`It replaces v${current()?.version ?? 0} for every caller. Executions in progress keep their version.`
          : t('From then on, everyone who may run tools can call it.')
      }
      width="760px"
      verb={t('Publish')}
      busy={busy()}
      ready={draft()?.version === props.version}
      onSubmit={() => void submit()}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <FailureNote failed={t('The draft was not published.')} error={error()} />
        <Show when={renamed()}>
          <ToolUses uses={uses} consequence={t('They keep calling it under its new name.')} />
        </Show>
        <QueryView query={query} what={t('The draft could not be loaded')}>
          {(found) => <Differences draft={found()} current={current()} />}
        </QueryView>
      </div>
    </SubmitDialog>
  );
}

function Differences(props: { draft: Draft; current: Tool | undefined }) {
  return (
    <>
      <Show when={props.draft.breaking}>
        <p class="text-failed">
          {t`Inputs and consumers that work with v${props.draft.current ?? 0} may not work with the new version.`}
        </p>
      </Show>
      <Show when={props.draft.changes.length > 0}>
        <ul aria-label={t('Changes')} class="border-t">
          <For each={props.draft.changes}>{(change) => <DefinitionChange change={change} />}</For>
        </ul>
      </Show>
      <Diff
        label={t('Definition before and after')}
        before={props.current ? JSON.stringify(shownDefinition(props.current), null, 2) : ''}
        after={JSON.stringify(shownDefinition(props.draft.definition), null, 2)}
      />
    </>
  );
}
