import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { api } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';
import { UndoPreviews } from './undo-previews.tsx';
import { countWords } from './undo-words.ts';

/** What aborting or cancelling an open run undoes, for the dialog that asks. */
export function UndoOnAbort(props: { runId: string }) {
  const preview = useQuery(() => ({
    gcTime: 0,
    retry: false,
    queryKey: ['undo preview', 'runs', props.runId],
    queryFn: () => api.runs.previewUndo.mutate({ id: props.runId }),
  }));
  return (
    <Show when={preview.isSuccess && preview.data} fallback={<UndoUnknown failed={preview.isError} />}>
      {(shown) => (
        <Show
          when={shown().items.length > 0}
          fallback={<p>{t('What its steps have done is not undone.')}</p>}
        >
          <p>{t`Then its steps are undone, the last first: ${countWords(shown().counts)}`}</p>
          <UndoPreviews items={shown().items} />
        </Show>
      )}
    </Show>
  );
}

const UndoUnknown = (props: { failed: boolean }) => (
  <p class="text-muted" role={props.failed ? 'alert' : 'status'}>
    {props.failed
      ? t('What is undone could not be loaded. Steps that are to be undone are undone all the same.')
      : t('Looking at what is undone.')}
  </p>
);
