import { CircleStop, Rocket } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { api } from '../../../../api/trpc.ts';
import { ActionDialog } from '../../../../kit/action-dialog.tsx';
import { Button } from '../../../../kit/button.tsx';
import { FormDialog } from '../../../../kit/form-dialog.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status } from '../../../../kit/status.tsx';
import { TextInput } from '../../../../kit/text-input.tsx';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { isPercent, sharingWords } from '../../parts/trial-draft.ts';
import { type ComparedTrial, trialShown } from './trial-words.ts';

type Asking = 'percent' | 'promote' | 'stop';

/** What a trial is, how it stands, and what can be done about it. */
export function TrialHead(props: {
  trial: ComparedTrial;
  name: string;
  writable: boolean;
  start: JSX.Element;
  onChanged: () => Promise<unknown>;
}) {
  const [asking, setAsking] = createSignal<Asking | null>(null);
  const trial = () => props.trial;
  const which = () => ({ id: trial().toolId, trialId: trial().id });
  const close = () => setAsking(null);
  const after = async (change: Promise<unknown>) => {
    try {
      await change;
    } finally {
      await props.onChanged();
    }
  };
  return (
    <section aria-label={t('Trial')} class="flex flex-col gap-2 px-6 max-sm:px-4 pt-4">
      <div class="flex flex-wrap items-center gap-2">
        <h2 class="font-semibold">{rich`v${() => trial().candidate} beside v${() => trial().baseline}`}</h2>
        <Status {...trialShown[trial().status]} />
        <div class="ml-auto flex flex-wrap gap-2">
          <Show when={trial().status === 'running' && props.writable} fallback={props.start}>
            <Button onClick={() => setAsking('percent')}>{t('Change percent')}</Button>
            <Button icon={CircleStop} onClick={() => setAsking('stop')}>
              {t('Stop')}
            </Button>
            <Button variant="primary" icon={Rocket} onClick={() => setAsking('promote')}>
              {rich`Promote v${() => trial().candidate}`}
            </Button>
          </Show>
        </div>
      </div>
      <p>{sharingWords(trial())}</p>
      <p class="text-muted text-sm">
        {rich`Started by ${() => trial().startedBy.name} ${<RelativeTime at={trial().startedAt} />}.`}
        <Show when={trial().endedAt}>
          {(at) => <> {rich`Ended by ${() => trial().endedBy?.name} ${<RelativeTime at={at()} />}.`}</>}
        </Show>
      </p>
      <Show when={trial().reason}>{(reason) => <p>{said(reason())}</p>}</Show>
      <Show when={asking() === 'percent'}>
        <PercentDialog
          trial={trial()}
          onClose={close}
          send={async (percent) => {
            await after(api.trials.setPercent.mutate({ ...which(), percent }));
            close();
          }}
        />
      </Show>
      <ActionDialog
        open={asking() === 'promote'}
        title={t`Promote v${trial().candidate}?`}
        verb={t`Promote v${trial().candidate}`}
        failed={t('The version was not promoted.')}
        onConfirm={() => after(api.trials.promote.mutate(which()))}
        onClose={close}
      >
        {rich`v${() => trial().candidate} becomes the current version of ${() => props.name}, and every call gets it from now on. So far: ${() => trial().comparison.success.words}`}
      </ActionDialog>
      <ActionDialog
        open={asking() === 'stop'}
        title={t('Stop this trial?')}
        verb={t('Stop trial')}
        danger
        failed={t('The trial was not stopped.')}
        onConfirm={() => after(api.trials.stop.mutate(which()))}
        onClose={close}
      >
        {rich`Every call gets v${() => trial().baseline} again from now on. Calls in progress keep their version. v`}
        {rich`${() => trial().candidate} stays in the list of versions and can be tried again.`}
      </ActionDialog>
    </section>
  );
}

function PercentDialog(props: {
  trial: ComparedTrial;
  send: (percent: number) => Promise<unknown>;
  onClose: () => void;
}) {
  const [percent, setPercent] = createSignal(String(props.trial.percent));
  return (
    <FormDialog
      title={t`How many calls get v${props.trial.candidate}?`}
      verb={t('Change percent')}
      ready={isPercent(percent())}
      failed={t('The percent was not changed.')}
      send={() => props.send(Number(percent()))}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <TextInput
          label={t('Percent of the calls')}
          help={t('From the next call on. A greater percent takes the candidate from no one who has it.')}
          value={percent()}
          error={isPercent(percent()) ? issueAt('/percent') : t('Needs a whole number from 0 to 100')}
          onInput={setPercent}
        />
      )}
    </FormDialog>
  );
}
