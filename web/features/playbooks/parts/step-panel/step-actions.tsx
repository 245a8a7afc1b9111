import { Hand, UserRoundPlus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useMe } from '../../../../api/me.ts';
import { api } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { toastError } from '../../../../shell/toasts.tsx';
import { t } from '../../../../words/words.ts';
import { ReassignDialog } from './reassign-dialog.tsx';
import type { StepView } from './step-view.ts';
import { TakeOverDialog } from './take-over-dialog.tsx';

/** Claim, release, take over and reassign: who works on the step. */
export function StepActions(props: {
  step: StepView;
  onAct: () => void;
  /** Gets the step as it is now, or nothing where that is not known. */
  onChanged: (now?: StepView) => void;
}) {
  const me = useMe();
  const [busy, setBusy] = createSignal(false);
  const [asking, setAsking] = createSignal<'reassign' | 'take over' | null>(null);
  const close = () => setAsking(null);
  const at = () => ({ id: props.step.runId, stepId: props.step.id });
  const mine = () => props.step.claimedBy !== null && props.step.claimedBy.id === me()?.actor.id;
  const verb = () => (mine() ? t('Release the step') : props.step.claimedBy ? t('Take over') : t('Claim'));
  const toggle = async () => {
    if (busy()) return;
    if (props.step.claimedBy && !mine()) return void setAsking('take over');
    const release = mine();
    setBusy(true);
    let now: StepView | undefined;
    try {
      now = release ? await api.runs.release.mutate(at()) : await api.runs.claim.mutate(at());
      if (!release) props.onAct();
    } catch (error) {
      toastError(release ? t('The step was not released') : t('The step was not claimed'), error);
    } finally {
      setBusy(false);
      props.onChanged(now);
    }
  };
  const takeOver = async () => {
    await api.runs.claim.mutate({ ...at(), takeOver: true }).then(props.onChanged, (error) => {
      props.onChanged();
      throw error;
    });
    props.onAct();
  };
  const mayToggle = () => props.step.mayClaim || mine();
  useActions(() =>
    mayToggle() ? [{ id: 'claim', label: verb(), keys: 'c', group: 'Page', run: () => void toggle() }] : [],
  );
  return (
    <div class="flex flex-wrap items-center gap-2 border-t pt-3">
      <Show when={props.step.claimedBy}>
        {(claim) => (
          <span class="text-muted">{mine() ? t('Claimed by you.') : t`Claimed by ${claim().name}.`}</span>
        )}
      </Show>
      <Show when={mayToggle()}>
        <Button variant="quiet" icon={Hand} keys="c" busy={busy()} onClick={() => void toggle()}>
          {verb()}
        </Button>
        <Button variant="quiet" icon={UserRoundPlus} onClick={() => setAsking('reassign')}>
          {t('Reassign')}
        </Button>
      </Show>
      <Show when={asking() === 'reassign'}>
        <ReassignDialog
          send={(to) => api.runs.assign.mutate({ ...at(), ...to }).finally(() => props.onChanged())}
          onClose={close}
        />
      </Show>
      <Show when={asking() === 'take over' && props.step.claimedBy}>
        {(claim) => <TakeOverDialog step={props.step} claim={claim()} onConfirm={takeOver} onClose={close} />}
      </Show>
    </div>
  );
}
