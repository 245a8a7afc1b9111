import { Show } from 'solid-js';
import { liveState } from '../../../../api/live.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { Due } from '../../../../kit/due.tsx';
import { Markdown } from '../../../../kit/markdown.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status } from '../../../../kit/status.tsx';
import { inSentence } from '../playbook-words.ts';
import { stepKind } from '../step-kind.ts';
import { stepTypeView } from '../steps/registry.ts';
import { CoveredCalls } from './covered-calls.tsx';
import { EarlierResults } from './earlier-results.tsx';
import { StepActions } from './step-actions.tsx';
import { StepForm } from './step-form.tsx';
import { ExecutionLinks, StepResult } from './step-result.tsx';
import { isOpenStep, type StepView } from './step-view.ts';

/** One step of a run: what to do, who does it and how to complete it; or its result. */
export function StepPanel(props: { runId: string; stepId: string; onDone?: () => void }) {
  return (
    <Show when={`${props.runId}/${props.stepId}`} keyed>
      <LoadedStep {...props} />
    </Show>
  );
}

function LoadedStep(props: { runId: string; stepId: string; onDone?: () => void }) {
  const query = useQuery(() => ({
    ...queries.runs.step({ id: props.runId, stepId: props.stepId }),
    refetchInterval: (current: { state: { data?: StepView } }) =>
      current.state.data && liveState() !== 'live' && !current.state.data.completedAt ? 2_000 : false,
  }));
  return (
    <QueryView query={query} what="The step could not be loaded">
      {(step) => (
        <section aria-label={step().title} class="flex flex-col gap-3">
          <StepHead step={step()} />
          <Show when={step().instructions}>{(text) => <Markdown text={text()} />}</Show>
          <Show when={isOpenStep(step()) && stepTypeView(step().type).needsEarlierResults}>
            <EarlierResults step={step()} />
          </Show>
          <Show when={step().approvals}>{(approvals) => <Approvals approvals={approvals()} />}</Show>
          <Show when={isOpenStep(step()) && step().covers}>
            {(covers) => <CoveredCalls covers={covers()} />}
          </Show>
          <Show when={isOpenStep(step()) && step().failure}>
            {(failure) => <FailureNote step={step()} failure={failure()} />}
          </Show>
          <Show when={isOpenStep(step())} fallback={<StepResult step={step()} />}>
            <Show
              when={step().mayComplete}
              fallback={
                <p class="rounded-md border bg-sunken px-3 py-2" role="status">
                  {step().mayNot ?? 'This step cannot be completed now.'}
                </p>
              }
            >
              <StepForm
                step={step()}
                onChanged={() => void query.refetch()}
                onDone={() => props.onDone?.()}
              />
            </Show>
            <Show when={step().mayComplete || step().claimedBy}>
              <StepActions step={step()} onChanged={() => void query.refetch()} />
            </Show>
          </Show>
        </section>
      )}
    </QueryView>
  );
}

function StepHead(props: { step: StepView }) {
  return (
    <header class="flex flex-col gap-1">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 class="font-semibold">{props.step.title}</h3>
        <Status
          kind={stepKind(props.step)}
          word={props.step.status === 'completed' ? 'Completed' : undefined}
        />
        <Show when={props.step.tool}>
          {(tool) => (
            <code class="font-mono text-muted text-sm">
              {tool().name}@{tool().version}
            </code>
          )}
        </Show>
      </div>
      <p class="flex flex-wrap gap-x-3 text-muted text-sm">
        <span>Step {props.step.number}</span>
        <Show when={props.step.waitingOn}>{(who) => <span>for {inSentence(who())}</span>}</Show>
        <Show when={props.step.openedAt}>
          {(at) => (
            <span>
              opened <RelativeTime at={at()} />
            </span>
          )}
        </Show>
        <Show when={isOpenStep(props.step) && props.step.dueAt}>
          <Due at={props.step.dueAt} prefix="due " />
        </Show>
        <Show when={props.step.escalated > 0}>
          <span>escalated {props.step.escalated === 1 ? 'once' : `${props.step.escalated} times`}</span>
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
      {approved()} of {props.approvals.required} approved
      <Show when={given().length > 0}>
        {': '}
        {given()
          .map((vote) => `${vote.by.name}${vote.outcome === 'approved' ? '' : ' (rejected)'}`)
          .join(', ')}
      </Show>
    </p>
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
        {unknown() ? 'Outcome unknown' : held() ? 'Waits for approval' : 'Last attempt failed'}
      </p>
      <p>
        {props.failure.message} <ExecutionLinks ids={props.step.executionIds.slice(-1)} />
      </p>
      <p class="text-muted text-sm">
        {unknown()
          ? 'The tool does not run again until you decide.'
          : held()
            ? 'The tool runs when this request is approved. Another input must be approved too.'
            : 'Fix the input and run the tool again, or choose another way to complete the step.'}
      </p>
    </div>
  );
}
