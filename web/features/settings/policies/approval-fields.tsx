import { For, Show } from 'solid-js';
import { durationMs, durationWords } from '../../../../shared/platform/duration.ts';
import type { PolicyApproval } from '../../../../shared/policies/policy-schemas.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { RoleBoxes } from './role-boxes.tsx';

const durations = ['PT15M', 'PT1H', 'PT4H', 'PT8H', 'P1D', 'P3D', 'P7D', 'P30D'];

/** How many people must approve, who they are, and for how long a call waits for them. */
export function ApprovalFields(props: {
  approval: PolicyApproval;
  onChange: (approval: PolicyApproval) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  const set = (change: Partial<PolicyApproval>) => props.onChange({ ...props.approval, ...change });
  const offered = () =>
    durations.includes(props.approval.expiresIn) ? durations : [props.approval.expiresIn, ...durations];
  return (
    <div class="flex flex-col gap-3 border-l pl-3">
      <div class="grid grid-cols-2 gap-3">
        <Field label={t('Approvals')} error={props.issueAt('/approval/required')}>
          {(input) => (
            <input
              {...input}
              type="number"
              min="1"
              max="20"
              class={inputClass}
              value={props.approval.required}
              onInput={(event) => set({ required: Number(event.currentTarget.value) })}
            />
          )}
        </Field>
        <Field label={t('Expires after')} error={props.issueAt('/approval/expiresIn')}>
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={props.approval.expiresIn}
              onChange={(event) => set({ expiresIn: event.currentTarget.value })}
            >
              <For each={offered()}>
                {(duration) => (
                  <option value={duration} selected={duration === props.approval.expiresIn}>
                    {durationWords(durationMs(duration) ?? 0)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
      <RoleBoxes legend={t('By')} chosen={props.approval.roles} onChange={(roles) => set({ roles })} />
      <Show when={props.issueAt('/approval/roles')}>
        <p class="text-failed text-sm">{t('Choose at least one role.')}</p>
      </Show>
      <label class="flex items-center gap-2">
        <input
          type="checkbox"
          checked={props.approval.fourEyes}
          onChange={(event) => set({ fourEyes: event.currentTarget.checked })}
        />
        {t('Not by the person who asked')}
      </label>
    </div>
  );
}
