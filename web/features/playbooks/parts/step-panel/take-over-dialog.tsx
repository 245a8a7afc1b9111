import { ActionDialog } from '../../../../kit/action-dialog.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { rich, t } from '../../../../words/words.ts';
import type { StepView } from './step-view.ts';

/** Asks before a step is taken from the person who has claimed it. */
export function TakeOverDialog(props: {
  step: StepView;
  claim: NonNullable<StepView['claimedBy']>;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  return (
    <ActionDialog
      open
      title={t`Take over from ${props.claim.name}?`}
      verb={t('Take over')}
      failed={t('The step was not taken over.')}
      onConfirm={props.onConfirm}
      onClose={props.onClose}
    >
      {rich`${() => props.claim.name} claimed ${() => props.step.title} ${<RelativeTime at={props.claim.at} />}. They are told that you took it over, and they keep what they have typed.`}
    </ActionDialog>
  );
}
