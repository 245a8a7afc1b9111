import { useQuery } from '@tanstack/solid-query';
import { Hand, UserRoundPlus } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { roles } from '../../../../../shared/identity/roles.ts';
import { useMe } from '../../../../api/me.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { Dialog } from '../../../../kit/dialog.tsx';
import { Field, inputClass } from '../../../../kit/field.tsx';
import { roleWord } from '../../../../shell/role-words.ts';
import { toastError } from '../../../../shell/toasts.tsx';
import type { StepView } from './step-view.ts';

/** Claiming, giving back and handing over: who is at the step, not what becomes of it. */
export function StepActions(props: { step: StepView; onChanged: () => void }) {
  const me = useMe();
  const [busy, setBusy] = createSignal(false);
  const [handing, setHanding] = createSignal(false);
  const address = () => ({ id: props.step.runId, stepId: props.step.id });
  const mine = () => props.step.claimedBy !== null && props.step.claimedBy.id === me()?.actor.id;
  const word = () => (mine() ? 'Release' : props.step.claimedBy ? 'Take over' : 'Claim');
  const act = async (work: () => Promise<unknown>, failed: string) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toastError(failed, error);
    } finally {
      setBusy(false);
      props.onChanged();
    }
  };
  const toggle = () =>
    void act(
      () =>
        mine()
          ? api.runs.release.mutate(address())
          : api.runs.claim.mutate({ ...address(), takeOver: props.step.claimedBy !== null }),
      mine() ? 'The step was not released' : 'The step was not claimed',
    );
  useActions(() => [{ id: 'claim', label: word(), keys: 'c', group: 'Page', run: toggle }]);
  return (
    <div class="flex flex-wrap items-center gap-2 border-t pt-3">
      <Show when={props.step.claimedBy}>
        {(claim) => <span class="text-muted">{mine() ? 'You are at it.' : `${claim().name} is at it.`}</span>}
      </Show>
      <Button variant="quiet" icon={Hand} keys="c" busy={busy()} onClick={toggle}>
        {word()}
      </Button>
      <Button variant="quiet" icon={UserRoundPlus} onClick={() => setHanding(true)}>
        Hand over
      </Button>
      <Show when={handing()}>
        <HandOver
          onClose={() => setHanding(false)}
          onChosen={(to) => {
            setHanding(false);
            void act(() => api.runs.assign.mutate({ ...address(), ...to }), 'The step was not handed over');
          }}
        />
      </Show>
    </div>
  );
}

function HandOver(props: {
  onClose: () => void;
  onChosen: (to: { role?: string; user?: string; reason?: string }) => void;
}) {
  const members = useQuery(() => queries.members.list());
  const [to, setTo] = createSignal('');
  const [reason, setReason] = createSignal('');
  const choose = () => {
    const [kind, id = ''] = to().split('~');
    const why = reason().trim() ? { reason: reason().trim() } : {};
    if (id) props.onChosen({ ...(kind === 'role' ? { role: id } : { user: id }), ...why });
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Hand over"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Keep</Button>
          <Button variant="primary" disabled={to() === ''} onClick={choose}>
            Hand over
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Field label="To">
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={to()}
              onChange={(event) => setTo(event.currentTarget.value)}
            >
              <option value="">Choose a person or a role</option>
              <optgroup label="People">
                <For each={members.isSuccess ? members.data.items : []}>
                  {(member) => <option value={`user~${member.email}`}>{member.name}</option>}
                </For>
              </optgroup>
              <optgroup label="Roles">
                <For each={roles.filter((role) => role !== 'platform_admin')}>
                  {(role) => <option value={`role~${role}`}>{roleWord(role)}</option>}
                </For>
              </optgroup>
            </select>
          )}
        </Field>
        <Field label="Note">
          {(input) => (
            <input
              {...input}
              class={inputClass}
              value={reason()}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
