import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { toApiError } from '../../../../api/api-error.ts';
import { useQuery } from '../../../../api/query.ts';
import { api } from '../../../../api/trpc.ts';
import { Diff } from '../../../../kit/diff/diff.tsx';
import type { Document } from '../../../../kit/document-form/document-form.ts';
import { SubmitDialog } from '../../../../kit/submit-dialog.tsx';
import { ChangeNote } from '../../../../kit/versions/change-note.tsx';
import { rich, t } from '../../../../words/words.ts';
import { ChangedTools } from '../../parts/changed-tools.tsx';
import type { Connector } from '../../parts/connector-words.ts';
import { DefinitionChange } from '../../parts/definition-change.tsx';
import { definitionText } from '../definition-document.ts';

/** What a save would change and break, before it is saved. */
export function ConnectorReview(props: {
  connector: Connector;
  saved: Document;
  next: Document;
  busy: boolean;
  onClose: () => void;
  onSave: (note: string) => void;
}) {
  const [note, setNote] = createSignal('');
  const query = useQuery(() => ({
    // Asked once for each dialog: the response depends on more than the definition.
    queryKey: ['blast-radius', props.connector.id, props.next],
    queryFn: () => api.connectors.blastRadius.mutate({ id: props.connector.id, definition: props.next }),
    gcTime: 0,
    retry: false,
  }));
  return (
    <SubmitDialog
      title={t('Save a new version')}
      description={t(
        'The change applies to every tool that uses the connector. Executions in progress keep their version.',
      )}
      width="760px"
      verb={t('Save')}
      keys="mod+s"
      busy={props.busy}
      onSubmit={() => props.onSave(note().trim())}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Switch>
          <Match when={query.isError}>
            <p class="text-unknown" role="status">
              {rich`The effects on tools could not be checked: ${() => toApiError(query.error).message}`}
            </p>
          </Match>
          <Match when={query.isSuccess && query.data}>
            {(radius) => (
              <>
                <ChangedTools tools={radius().tools} />
                <Show when={radius().changes.length > 0}>
                  <ul aria-label={t('Changes')} class="border-t">
                    <For each={radius().changes}>{(change) => <DefinitionChange change={change} />}</For>
                  </ul>
                </Show>
              </>
            )}
          </Match>
        </Switch>
        <ChangeNote value={note()} onInput={setNote} />
        <Diff
          label={t('Connector before and after')}
          before={definitionText(props.saved)}
          after={definitionText(props.next)}
        />
      </div>
    </SubmitDialog>
  );
}
