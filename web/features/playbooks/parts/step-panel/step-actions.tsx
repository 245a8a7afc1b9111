import { Hand, UserRoundPlus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useMe } from '../../../../api/me.ts';
import { api } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { toastError } from '../../../../shell/toasts.tsx';
import { ReassignDialog } from './reassign-dialog.tsx';
import type { StepView } from './step-view.ts';

/** Claim, release and reassign: who works on the step. */
export function StepActions(props: { step: StepView; onChanged: () => void }) {
  const me = useMe();
  const [busy, setBusy] = createSignal(false);
  const [reassigning, setReassigning] = createSignal(false);
  const mine = () => props.step.claimedBy !== null && props.step.claimedBy.id === me()?.actor.id;
  const verb = () => (mine() ? 'Release' : props.step.claimedBy ? 'Take over' : 'Claim');
  const toggle = async () => {
    const at = { id: props.step.runId, stepId: props.step.id };
    const release = mine();
    setBusy(true);
    try {
      if (release) await api.runs.release.mutate(at);
      else await api.runs.claim.mutate({ ...at, takeOver: props.step.claimedBy !== null });
    } catch (error) {
      toastError(release ? 'The step was not released' : 'The step was not claimed', error);
    } finally {
      setBusy(false);
      props.onChanged();
    }
  };
  useActions(() => [{ id: 'claim', label: verb(), keys: 'c', group: 'Page', run: () => void toggle() }]);
  return (
    <div class="flex flex-wrap items-center gap-2 border-t pt-3">
      <Show when={props.step.claimedBy}>
        {(claim) => <span class="text-muted">Claimed by {mine() ? 'you' : claim().name}.</span>}
      </Show>
      <Button variant="quiet" icon={Hand} keys="c" busy={busy()} onClick={() => void toggle()}>
        {verb()}
      </Button>
      <Button variant="quiet" icon={UserRoundPlus} onClick={() => setReassigning(true)}>
        Reassign
      </Button>
      <Show when={reassigning()}>
        <ReassignDialog step={props.step} onClose={() => setReassigning(false)} onChanged={props.onChanged} />
      </Show>
    </div>
  );
}
