import { Ban, Pause, Play } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { toastError } from '../../../shell/toasts.tsx';

/** Pause, resume and cancel, with a reason for those who come after. */
export function RunControls(props: { run: Outputs['runs']['get']; onChanged: () => void }) {
  const can = useCan();
  const [asking, setAsking] = createSignal<'pause' | 'cancel' | null>(null);
  const [reason, setReason] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const open = () => props.run.status === 'running' || props.run.status === 'waiting';
  const act = async (work: () => Promise<unknown>, failed: string) => {
    setBusy(true);
    try {
      await work();
      setAsking(null);
      setReason('');
    } catch (error) {
      toastError(failed, error);
    } finally {
      setBusy(false);
      props.onChanged();
    }
  };
  const confirm = () => {
    const sent = { id: props.run.id, reason: reason().trim() };
    if (!sent.reason) return;
    if (asking() === 'pause') void act(() => api.runs.pause.mutate(sent), 'The run was not paused');
    else void act(() => api.runs.cancel.mutate(sent), 'The run was not cancelled');
  };
  return (
    <Show when={open() && can('runs.control')}>
      <Show
        when={props.run.paused}
        fallback={
          <Button icon={Pause} onClick={() => setAsking('pause')}>
            Pause
          </Button>
        }
      >
        <Button
          icon={Play}
          variant="primary"
          busy={busy()}
          onClick={() =>
            void act(() => api.runs.resume.mutate({ id: props.run.id }), 'The run was not resumed')
          }
        >
          Resume
        </Button>
      </Show>
      <Button icon={Ban} variant="danger" onClick={() => setAsking('cancel')}>
        Cancel
      </Button>
      <Show when={asking()}>
        {(what) => (
          <Dialog
            open
            onClose={() => setAsking(null)}
            title={what() === 'pause' ? 'Pause this run' : 'Cancel this run'}
            footer={
              <>
                <div class="flex-1" />
                <Button onClick={() => setAsking(null)}>Let it go on</Button>
                <Button
                  variant={what() === 'pause' ? 'primary' : 'danger'}
                  disabled={reason().trim() === ''}
                  busy={busy()}
                  onClick={confirm}
                >
                  {what() === 'pause' ? 'Pause' : 'Cancel it'}
                </Button>
              </>
            }
          >
            <div class="flex flex-col gap-3 px-5 pb-4">
              <p class="text-muted">
                {what() === 'pause'
                  ? 'No step opens and none is completed until somebody resumes it. A tool that is running finishes.'
                  : 'What it did stays done. Steps that wait are closed, and a tool that is running is asked to stop.'}
              </p>
              <Field label="Reason" required>
                {(input) => (
                  <input
                    {...input}
                    class={inputClass}
                    value={reason()}
                    onInput={(event) => setReason(event.currentTarget.value)}
                    onKeyDown={(event) => event.key === 'Enter' && confirm()}
                  />
                )}
              </Field>
            </div>
          </Dialog>
        )}
      </Show>
    </Show>
  );
}
