import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { liveState } from '../../../../api/live.ts';
import { useMe } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { dropDraft, readDraft } from '../../../../kit/draft-storage.ts';
import { Due } from '../../../../kit/due.tsx';
import { Heading } from '../../../../kit/heading.tsx';
import { Markdown } from '../../../../kit/markdown.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status } from '../../../../kit/status.tsx';
import { whoWords } from '../../../../shell/role-words.ts';
import { said } from '../../../../words/said.ts';
import { counted, rich, t } from '../../../../words/words.ts';
import { StepBatch } from '../../../batches/parts/step-batch.tsx';
import { ChangeVote } from '../../../executions/parts/change-vote.tsx';
import { DoingHere } from '../../../presence/parts/people-here.tsx';
import { createPresence, type PersonHere } from '../../../presence/parts/presence.ts';
import { whoInSentence } from '../playbook-words.ts';
import { stepKind } from '../step-kind.ts';
import { stepTypeView } from '../steps/registry.ts';
import { CoveredCalls } from './covered-calls.tsx';
import { decisionOn, setDecision, stepKey } from './decisions.ts';
import { EarlierResults } from './earlier-results.tsx';
import { StepActions } from './step-actions.tsx';
import { StepForm } from './step-form.tsx';
import { ExecutionLinks, StepResult } from './step-result.tsx';
import { isOpenStep, type StepView } from './step-view.ts';
import { failureHint, verdictOf } from './verdict.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** One step of a run, as a page shows it. */
interface StepPanelProps {
  runId: string;
  stepId: string;
  /** The title of the step that comes after it; undefined: there is none. */
  next?: string | undefined;
  /** The person acts on the step: the page keeps it on screen until `onNext`. */
  onAct: () => void;
  /** The person has read the outcome. */
  onNext: () => void;
}

/** One step of a run: what to do, who does it and how to complete it; or its result. */
export function StepPanel(props: StepPanelProps) {
  return (
    <Show when={`${props.runId}/${props.stepId}`} keyed>
      <LoadedStep {...props} />
    </Show>
  );
}

function LoadedStep(props: StepPanelProps) {
  const me = useMe();
  const query = useQuery(() => ({
    ...queries.runs.step({ id: props.runId, stepId: props.stepId }),
    refetchInterval: (current: { state: { data?: StepView } }) =>
      current.state.data && liveState() !== 'live' && !current.state.data.completedAt ? 2_000 : false,
  }));
  const client = useQueryClient();
  /** What was answered is shown as it is: to ask again would take as long again. */
  const changed = async (now?: StepView) => {
    if (!now) return void query.refetch();
    const { queryKey } = queries.runs.step({ id: now.runId, stepId: now.id });
    await client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, now);
  };
  return (
    <QueryView query={query} what={t('The step could not be loaded')}>
      {(step) => (
        <Show when={me()?.actor.id} keyed>
          {(person) => (
            <StepBody
              step={step()}
              draftKey={`step.${tenantSlug()}.${person}.${stepKey(step())}`}
              person={person}
              panel={props}
              onChanged={(now) => void changed(now)}
            />
          )}
        </Show>
      )}
    </QueryView>
  );
}

function StepBody(props: {
  step: StepView;
  draftKey: string;
  person: string;
  panel: StepPanelProps;
  onChanged: (now?: StepView) => void;
}) {
  const step = () => props.step;
  const key = stepKey(step());
  const decision = () => decisionOn(key);
  const verdict = () => {
    const made = decision();
    return made && (made.phase === 'accepted' || made.phase === 'refused')
      ? verdictOf(step(), made)
      : undefined;
  };
  onCleanup(() => verdict() && setDecision(key, undefined));
  const next = () => {
    setDecision(key, undefined);
    props.panel.onNext();
  };
  // Of a step that is over, there is nothing to do twice.
  const here = createPresence(() =>
    isOpenStep(step()) ? { type: 'run', id: step().runId, stepId: step().id } : undefined,
  );
  const [typed, setTyped] = createSignal(readDraft(props.draftKey) !== null);
  const hadClaim = createMemo<boolean>((before) => before || step().claimedBy?.id === props.person, false);
  const needsResults = () => isOpenStep(step()) && stepTypeView(step().type).needsEarlierResults;
  /** What is decided on; what a person decides with waits for it, and does not move away from the pointer. */
  const [results, setResults] = createSignal<string>();
  const mayComplete = () => isOpenStep(step()) && step().mayComplete;
  /** The request that it sends is being made: what stands below it waits. */
  const [previewing, setPreviewing] = createSignal(false);
  const isOnItsWay = () => decision()?.phase === 'held' || decision()?.phase === 'sending';
  // Sent while the page was being closed: what was typed is no draft any more.
  const isMine = () => step().completedBy?.id === props.person;
  createEffect(() => isMine() && dropDraft(props.draftKey));
  const hasForm = () => mayComplete() || (typed() && !isMine()) || isOnItsWay();
  return (
    <section aria-label={step().title} class="flex flex-col gap-3">
      <StepHead step={step()} people={here.people()} />
      <Show when={step().instructions}>{(text) => <Markdown text={text()} />}</Show>
      <Show when={needsResults()}>
        <EarlierResults step={step()} onShown={setResults} />
      </Show>
      <Show when={!needsResults() || results() !== undefined}>
        <Show when={step().approvals}>{(approvals) => <Approvals approvals={approvals()} />}</Show>
        <Show when={isOpenStep(step()) && step().covers}>
          {(covers) => <CoveredCalls covers={covers()} />}
        </Show>
        <Show when={verdict()}>
          {(shown) => <VerdictBar step={step()} verdict={shown()} next={props.panel.next} onNext={next} />}
        </Show>
        <Show when={!verdict() && isOpenStep(step()) && step().failure}>
          {(failure) => <FailureNote step={step()} failure={failure()} />}
        </Show>
        <Show when={step().batchId}>{(batchId) => <StepBatch batchId={batchId()} />}</Show>
        <Show when={!isOpenStep(step())}>
          <StepResult step={step()} />
        </Show>
        <Show when={isOpenStep(step()) && !hasForm()}>
          <p class="rounded-md border bg-sunken px-3 py-2" role="status">
            {step().mayNot ?? t('This step cannot be completed now.')}
          </p>
        </Show>
        <Show when={step().approvals?.mayChange && !isOnItsWay()}>
          <ChangeStepVote step={step()} onAct={() => props.panel.onAct()} />
        </Show>
        <Show when={hasForm()}>
          <div onInput={() => here.note('completing')}>
            <StepForm
              step={step()}
              draftKey={props.draftKey}
              beside={() => (needsResults() ? results() : '')}
              mayComplete={mayComplete()}
              hadClaim={hadClaim()}
              onAct={() => props.panel.onAct()}
              onTyped={(isTyped) => {
                setTyped(isTyped);
                if (!isTyped) here.rest();
              }}
              onPreviewing={setPreviewing}
            />
          </div>
        </Show>
        <Show when={isOpenStep(step()) && (step().mayClaim || step().claimedBy)}>
          <div class={previewing() ? 'invisible contents' : 'contents'}>
            <StepActions step={step()} onAct={() => props.panel.onAct()} onChanged={props.onChanged} />
          </div>
        </Show>
      </Show>
    </section>
  );
}

function StepHead(props: { step: StepView; people: readonly PersonHere[] }) {
  return (
    <header class="flex flex-col gap-1">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Heading class="font-semibold">{props.step.title}</Heading>
        <Status
          kind={stepKind(props.step)}
          word={props.step.status === 'completed' ? t('Completed') : undefined}
        />
        <Show when={props.step.tool}>
          {(tool) => (
            <code class="font-mono text-muted text-sm">
              {tool().name}@{tool().version}
            </code>
          )}
        </Show>
        {/* Its room on a phone is kept: nothing moves under a finger when someone comes. */}
        <Show when={isOpenStep(props.step)}>
          <DoingHere
            people={props.people}
            doing={['completing', 'looking']}
            class="ml-auto max-sm:min-h-6 max-sm:basis-full"
          />
        </Show>
      </div>
      <p class="flex flex-wrap gap-x-3 text-muted text-sm">
        <span>{t`Step ${props.step.number}`}</span>
        <Show when={props.step.waitingOn}>
          {(who) => <span>{t`for ${whoInSentence(whoWords(who()))}`}</span>}
        </Show>
        <Show when={props.step.openedAt}>
          {(at) => <span>{rich`opened ${<RelativeTime at={at()} />}`}</span>}
        </Show>
        <Show when={isOpenStep(props.step) && props.step.dueAt}>
          <Due at={props.step.dueAt} prefix={`${t('due')} `} />
        </Show>
        <Show when={props.step.escalated > 0}>
          <span>{counted(props.step.escalated, 'escalated once|escalated {0} times')}</span>
        </Show>
      </p>
    </header>
  );
}

function Approvals(props: { approvals: NonNullable<StepView['approvals']> }) {
  const given = () => props.approvals.given;
  const approved = () => given().filter((vote) => vote.outcome === 'approved').length;
  return (
    <p class="text-muted">
      {rich`${approved} of ${() => props.approvals.required} approved`}
      <Show when={given().length > 0}>
        {': '}
        {given()
          .map((vote) => `${vote.by.name}${vote.outcome === 'approved' ? '' : ' (rejected)'}`)
          .join(', ')}
      </Show>
    </p>
  );
}

function ChangeStepVote(props: { step: StepView; onAct: () => void }) {
  const client = useQueryClient();
  const at = () => ({ id: props.step.runId, stepId: props.step.id });
  const show = async (next: StepView) => {
    // The outcome of the vote before is no longer true.
    setDecision(stepKey(props.step), undefined);
    const { queryKey } = queries.runs.step(at());
    await client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, next);
  };
  return (
    <ChangeVote
      title={props.step.title}
      content={JSON.stringify(props.step)}
      rejects={t('The playbook goes on with the rejection, or ends, as it says for this step.')}
      onReject={async (reason) => {
        const previewDigest = props.step.approvals?.digest ?? undefined;
        await show(await api.runs.complete.mutate({ ...at(), outcome: 'rejected', reason, previewDigest }));
      }}
      onWithdraw={async (reason) => show(await api.runs.withdraw.mutate({ ...at(), reason }))}
      onAct={props.onAct}
    />
  );
}

function FailureNote(props: { step: StepView; failure: NonNullable<StepView['failure']> }) {
  const unknown = () => props.step.status === 'outcome_unknown';
  const held = () => props.failure.code === 'not_approved';
  return (
    <div
      role="status"
      class="rounded-md border px-3 py-2"
      classList={{ 'border-unknown/50 bg-unknown-soft': unknown(), 'bg-failed-soft': !unknown() }}
    >
      <p class="font-medium" classList={{ 'text-unknown': unknown(), 'text-failed': !unknown() }}>
        {unknown() ? t('Outcome unknown') : held() ? t('Waits for approval') : t('Last attempt failed')}
      </p>
      <p>
        {said(props.failure.message)} <ExecutionLinks ids={props.step.executionIds.slice(-1)} />
      </p>
      <p class="text-muted text-sm">{failureHint(props.step)}</p>
    </div>
  );
}
