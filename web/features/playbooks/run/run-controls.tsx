import { Ban, Pause, Play, Undo2 } from 'lucide-solid';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { UndoAllDialog } from '../../undo/parts/undo-dialog.tsx';
import { UndoOnAbort } from '../../undo/parts/undo-on-abort.tsx';
import { isRunOpen } from '../parts/run-state.ts';

/** Pause, resume and cancel. Pausing and cancelling take a reason. A quarantined run is released instead of resumed. */
export function RunControls(props: { run: Outputs['runs']['get']; onChanged: () => void }) {
  const can = useCan();
  const [asking, setAsking] = createSignal<'pause' | 'cancel' | 'undo' | null>(null);
  const [busy, setBusy] = createSignal(false);
  const close = () => setAsking(null);
  const resume = async () => {
    const { id, quarantined } = props.run;
    setBusy(true);
    try {
      await (quarantined ? api.runs.releaseRun : api.runs.resume).mutate({ id });
    } catch (error) {
      toastError(quarantined ? t('The run was not released') : t('The run was not resumed'), error);
    } finally {
      setBusy(false);
      props.onChanged();
    }
  };
  const mayUndo = () =>
    can('tools.execute') &&
    !isRunOpen(props.run) &&
    props.run.steps.some(({ executionIds }) => executionIds.length > 0) &&
    props.run.undo.every(({ status }) => status === 'succeeded');
  return (
    <Show
      when={isRunOpen(props.run) && can('runs.control')}
      fallback={
        <Show when={mayUndo()}>
          <Button icon={Undo2} onClick={() => setAsking('undo')}>
            {t('Undo…')}
          </Button>
          <Show when={asking() === 'undo'}>
            <UndoAllDialog of="runs" id={props.run.id} onStarted={props.onChanged} onClose={close} />
          </Show>
        </Show>
      }
    >
      <Show
        when={props.run.paused}
        fallback={
          <Button icon={Pause} onClick={() => setAsking('pause')}>
            {t('Pause')}
          </Button>
        }
      >
        <Button icon={Play} variant="primary" busy={busy()} onClick={() => void resume()}>
          {props.run.quarantined ? t('Release') : t('Resume')}
        </Button>
      </Show>
      <Button icon={Ban} variant="danger" onClick={() => setAsking('cancel')}>
        {t('Cancel')}
      </Button>
      <Switch>
        <Match when={asking() === 'pause'}>
          <ReasonDialog
            verb={t('Pause run')}
            explanation={t(
              'Steps do not open and cannot be completed until someone resumes the run. A tool that is running finishes.',
            )}
            failed={t('The run was not paused.')}
            onClose={close}
            onSubmit={(reason) => api.runs.pause.mutate({ id: props.run.id, reason })}
            onChanged={props.onChanged}
          />
        </Match>
        <Match when={asking() === 'cancel'}>
          <ReasonDialog
            verb={t('Cancel run')}
            explanation={t('Waiting steps are closed, and a running tool is asked to stop.')}
            more={<UndoOnAbort runId={props.run.id} />}
            failed={t('The run was not cancelled.')}
            danger
            onClose={close}
            onSubmit={(reason) => api.runs.cancel.mutate({ id: props.run.id, reason })}
            onChanged={props.onChanged}
          />
        </Match>
      </Switch>
    </Show>
  );
}

function ReasonDialog(props: {
  verb: string;
  explanation: string;
  failed: string;
  danger?: boolean;
  /** Above the reason. */
  more?: JSX.Element;
  onClose: () => void;
  onSubmit: (reason: string) => Promise<unknown>;
  onChanged: () => void;
}) {
  const [reason, setReason] = createSignal('');
  return (
    <FormDialog
      title={props.verb}
      description={props.explanation}
      verb={props.verb}
      cancel={t('Back')}
      danger={props.danger}
      failed={props.failed}
      ready={reason().trim() !== ''}
      onClose={props.onClose}
      send={async () => {
        await props.onSubmit(reason().trim()).finally(props.onChanged);
        props.onClose();
      }}
    >
      {(issueAt) => (
        <>
          {props.more}
          <TextInput
            label={t('Reason')}
            required
            error={issueAt('/reason')}
            value={reason()}
            onInput={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}
