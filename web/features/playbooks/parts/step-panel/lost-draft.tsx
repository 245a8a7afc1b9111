import { Show } from 'solid-js';
import { useMe } from '../../../../api/me.ts';
import { Button } from '../../../../kit/button.tsx';
import { CopyButton } from '../../../../kit/copy-button.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { t } from '../../../../words/words.ts';
import type { StepView } from './step-view.ts';

/** What someone typed into a step that they may no longer complete: who has it now, and what to do with the draft. */
export function LostDraft(props: {
  step: StepView;
  value: unknown;
  hadClaim: boolean;
  onDiscard: () => void;
}) {
  const me = useMe();
  const holder = () => {
    const { claimedBy } = props.step;
    return claimedBy && claimedBy.id !== me()?.actor.id ? claimedBy : null;
  };
  return (
    <div class="flex flex-wrap items-center gap-2 rounded-md border bg-sunken px-3 py-2">
      <p role="status" class="min-w-0 flex-1">
        <Show when={holder()} fallback={props.step.mayNot}>
          {(claim) => (
            <>
              {props.hadClaim ? t`${claim().name} took this over` : t`${claim().name} has claimed this step`}{' '}
              <RelativeTime at={claim().at} />.
            </>
          )}
        </Show>{' '}
        {t('Your draft is kept; it was not sent.')}
      </p>
      <CopyButton label={t('Copy the draft')} text={() => JSON.stringify(props.value, null, 2)}>
        {t('Copy draft')}
      </CopyButton>
      <Button variant="quiet" onClick={() => props.onDiscard()}>
        {t('Discard draft')}
      </Button>
    </div>
  );
}
