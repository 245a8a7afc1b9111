import { Show } from 'solid-js';
import type { PolicyDecision, PolicyEffect } from '../../../../shared/policies/policy-schemas.ts';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

/** In the order in which they decide. */
export const effects: Record<PolicyEffect, { kind: StatusKind; word: string; decision: string }> = {
  deny: { kind: 'failed', word: t('Deny'), decision: t('Denied') },
  require_approval: { kind: 'waiting', word: t('Require approval'), decision: t('Approval required') },
  allow: { kind: 'succeeded', word: t('Allow'), decision: t('Allowed') },
};

/** What a policy does. */
export const Effect = (props: { effect: PolicyEffect }) => (
  <Status kind={effects[props.effect].kind} word={effects[props.effect].word} />
);

/** What was decided on a call, and the rule that decided it. */
export function Decision(props: { decision: PolicyDecision }) {
  return (
    <div class="flex flex-col gap-0.5">
      <Status kind={effects[props.decision.effect].kind} word={effects[props.decision.effect].decision} />
      <Show when={props.decision.reason}>
        <span class="text-muted text-sm">{said(props.decision.reason)}</span>
      </Show>
    </div>
  );
}
