import { createSignal, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { RequestView } from '../../tools/parts/request-view.tsx';
import { UndoPreviews } from './undo-previews.tsx';
import { countWords, type UndoSource } from './undo-words.ts';

/** A preview is made for this dialog only: what it shows is what is sent. */
const once = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

/** Shows what undoing an execution sends, and sends it. */
export function UndoExecutionDialog(props: {
  id: string;
  onUndone: (undoId: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = createSignal('');
  const preview = useQuery(() => ({
    ...once,
    queryKey: ['undo preview', props.id],
    queryFn: () => api.executions.previewUndo.mutate({ id: props.id }),
  }));
  const ready = () => (preview.isSuccess && preview.data.possible ? preview.data.preview : null);
  return (
    <FormDialog
      title={t('Undo this execution?')}
      verb={t('Undo')}
      danger
      width="640px"
      failed={t('Nothing was undone.')}
      ready={ready() !== null}
      onClose={props.onClose}
      send={async () => {
        const undo = await api.executions.undo.mutate({
          id: props.id,
          previewDigest: ready()!.digest,
          ...(reason().trim() !== '' && { reason: reason().trim() }),
          waitMs: 0,
        });
        props.onUndone(undo.id);
      }}
    >
      {(issueAt) => (
        <QueryView query={preview} what={t('The undo could not be previewed')}>
          {(shown) => (
            <>
              <p>{said(shown().undo.words)}</p>
              <Show when={shown().reason}>
                {(why) => (
                  <p class="rounded-md border bg-sunken px-3 py-2" role="alert">
                    {said(why())}
                  </p>
                )}
              </Show>
              <Show when={shown().preview}>
                {(request) => (
                  <section aria-label={t('Request of the undo')} class="flex flex-col gap-1.5">
                    <h3 class="label-caps">{t`${shown().by?.title} sends`}</h3>
                    <RequestView preview={request()} />
                  </section>
                )}
              </Show>
              <TextInput
                label={t('Reason')}
                error={issueAt('/reason')}
                value={reason()}
                onInput={setReason}
                help={t('For those who read the audit trail. Optional.')}
              />
            </>
          )}
        </QueryView>
      )}
    </FormDialog>
  );
}

/** The same for all that a batch or a run has done, the last call first. */
export function UndoAllDialog(props: {
  of: UndoSource;
  id: string;
  onStarted: () => void;
  onClose: () => void;
}) {
  const [reason, setReason] = createSignal('');
  const preview = useQuery(() => ({
    ...once,
    queryKey: ['undo preview', props.of, props.id],
    queryFn: () => api[props.of].previewUndo.mutate({ id: props.id }),
  }));
  return (
    <FormDialog
      title={props.of === 'batches' ? t('Undo this batch?') : t('Undo this run?')}
      verb={t('Undo')}
      danger
      width="640px"
      failed={t('Nothing was undone.')}
      ready={preview.isSuccess && preview.data.counts.possible > 0}
      onClose={props.onClose}
      send={async () => {
        await api[props.of].undo.mutate({
          id: props.id,
          ...(preview.data && { previewDigest: preview.data.digest }),
          ...(reason().trim() !== '' && { reason: reason().trim() }),
          waitMs: 0,
        });
        props.onStarted();
        props.onClose();
      }}
    >
      {(issueAt) => (
        <QueryView query={preview} what={t('The undo could not be previewed')}>
          {(shown) => (
            <>
              <p>
                {t`${countWords(shown().counts)} The last call is undone first; if one cannot be undone, the others wait for a person.`}
              </p>
              <UndoPreviews items={shown().items} />
              <TextInput
                label={t('Reason')}
                error={issueAt('/reason')}
                value={reason()}
                onInput={setReason}
                help={t('For those who read the audit trail. Optional.')}
              />
            </>
          )}
        </QueryView>
      )}
    </FormDialog>
  );
}
