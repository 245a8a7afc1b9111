import { useQueryClient } from '@tanstack/solid-query';
import { batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { Issue } from '../../../../../shared/platform/error-codes.ts';
import { isTransient, toApiError } from '../../../../api/api-error.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Outputs, queries } from '../../../../api/trpc.ts';
import { createArming } from '../../../../kit/arming.ts';
import { dropDraft, readDraft, saveDraft } from '../../../../kit/draft-storage.ts';
import { hold } from '../../../../kit/held-action.ts';
import { issuesElsewhere } from '../../../../kit/schema-form/issues-elsewhere.ts';
import { setAt } from '../../../../kit/schema-form/json-edit.ts';
import type { SchemaFormHandle } from '../../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../../kit/schema-form/schema-values.ts';
import { toast, toastError } from '../../../../shell/toasts.tsx';
import { inSentence, t } from '../../../../words/words.ts';
import type { BatchPreview } from '../../../batches/parts/batch-requests.tsx';
import { stepTypeView } from '../steps/registry.ts';
import { type Decision, decisionOn, setDecision, stepKey } from './decisions.ts';
import { completionProblem, previewProblem } from './step-problems.ts';
import { materialOf, type Outcome, type StepView } from './step-view.ts';

type Preview = Outputs['runs']['preview'] | BatchPreview;

const previewAfterMs = 300;
/** A browser lets 64 kB outlive the page; a longer request is not held, so that closing the tab cannot lose it. */
const maxHeldChars = 20_000;

/** Outcomes that every type of step may have. */
const doneWords: Record<string, string> = {
  skip: t('skipped'),
  abort: t('run aborted'),
  retry: t('opened again'),
};

export interface CompletionOf {
  step: () => StepView;
  /** Where the browser keeps what this person has typed. */
  draftKey: string;
  /** What is on screen besides the step; undefined while it loads. */
  beside: () => string | undefined;
  /** The person acts on the step, so it stays on screen. */
  onAct: () => void;
  /** There is, or there is no longer, unsent input. */
  onTyped: (typed: boolean) => void;
}

const many = (shown: Preview | null) => (shown && 'calls' in shown ? shown : null);
const single = (shown: Preview | null) => (shown && !('calls' in shown) ? shown : null);

/** The state of the form that completes a step, and what it can do; the component only shows it. */
export function createCompletion({ step, draftKey, beside, onAct, onTyped }: CompletionOf) {
  const client = useQueryClient();
  const { runId, id: stepId, title } = step();
  const key = stepKey(step());
  const tenant = tenantSlug();
  const stepQuery = queries.runs.step({ id: runId, stepId });
  const view = stepTypeView(step().type);
  // Kept from when the form opened: it must not change while someone fills it in.
  const schema = step().form;
  const sendsRequest = step().outcomes.some(({ id }) => id === view.requestOutcome);
  /** The input of a call that was already sent can no longer change. */
  const isEditable = view.requestOutcome === undefined || sendsRequest;
  const draft = readDraft(draftKey)?.value;
  const resolved = view.requestOutcome === undefined || view.manyRequests ? undefined : step().input;

  const [value, setValue] = createSignal<unknown>(
    draft ?? resolved ?? (schema ? initialValue(schema, schema) : undefined),
  );
  const [touched, setTouched] = createSignal(draft !== undefined);
  const [issues, setIssues] = createSignal<readonly Issue[]>(draft === undefined ? step().issues : []);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [previewFailure, setPreviewFailure] = createSignal<string | null>(null);
  const [preview, setPreview] = createSignal<Preview | null>(null);
  /** Whether the request on screen is the one of the current input. */
  const [isCurrent, setCurrent] = createSignal(false);
  /** Whether there was ever one, or the reason why there is none. */
  const [wasPreviewed, setWasPreviewed] = createSignal(false);
  const [asking, setAsking] = createSignal<Outcome | null>(null);
  const [reason, setReason] = createSignal('');
  // One id per intent: a double click completes once.
  const [requestId, setRequestId] = createSignal(crypto.randomUUID());
  let form: SchemaFormHandle | undefined;
  let isShown = true;
  onCleanup(() => {
    isShown = false;
  });

  const content = () => {
    const more = beside();
    return more === undefined ? undefined : `${materialOf(step())} ${more} ${asking()?.id}`;
  };
  const stepArmed = createArming(content);
  const requestArmed = createArming(() =>
    isCurrent() && content() !== undefined
      ? `${content()} ${JSON.stringify(preview())} ${previewFailure()}`
      : undefined,
  );
  const isArmed = (outcome: Outcome) => (outcome.id === view.requestOutcome ? requestArmed() : stepArmed());

  const change = (pointer: string, next: unknown) => {
    setValue((before: unknown) => setAt(before, pointer, next));
    if (!touched()) onAct();
    setTouched(true);
    onTyped(true);
    setIssues((before) => issuesElsewhere(before, pointer));
    // Without issues, "Fix the highlighted fields" would point at nothing.
    if (issues().length === 0) setProblem(null);
    if (schema) saveDraft(draftKey, schema, { value: unwrap(value()) });
  };
  const discard = () => {
    dropDraft(draftKey);
    setTouched(false);
    setValue(resolved ?? (schema ? initialValue(schema, schema) : undefined));
    onTyped(false);
  };

  let latest = 0;
  const makePreview = async () => {
    const mine = ++latest;
    try {
      const input = touched() ? { input: unwrap(value()) } : {};
      const made = view.manyRequests
        ? await api.runs.previewBatch.mutate({ id: runId, stepId })
        : await api.runs.preview.mutate({ id: runId, stepId, ...input });
      if (mine !== latest) return;
      batch(() => {
        setPreview(made);
        setPreviewFailure(null);
        setCurrent(true);
        setWasPreviewed(true);
      });
    } catch (error) {
      if (mine !== latest) return;
      const found = previewProblem(error, view.manyRequests);
      batch(() => {
        setPreview(null);
        setIssues(found.issues);
        setPreviewFailure(found.message);
        setCurrent(true);
        setWasPreviewed(true);
      });
    }
  };
  const mayComplete = createMemo(() => step().mayComplete);
  createEffect(
    on([value, mayComplete], ([, may]) => {
      if (!sendsRequest) return;
      latest += 1;
      setCurrent(false);
      if (!may) return;
      const timer = setTimeout(() => void makePreview(), touched() ? previewAfterMs : 0);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  /** The input that the outcome sends; an unchanged request keeps its resolved input. */
  const inputFor = (outcome: Outcome) => {
    if (!schema || !outcome.takesInput) return undefined;
    const isWanted = view.requestOutcome === undefined || (outcome.id === view.requestOutcome && touched());
    return isWanted ? unwrap(value()) : undefined;
  };

  const isDecided = () => ['held', 'sending'].includes(decisionOn(key)?.phase ?? '');

  /** Asks for the reason first where the outcome needs one. Too early, or while one is on its way, it does nothing. */
  const complete = async (outcome: Outcome) => {
    if (isDecided() || !isArmed(outcome)) return;
    if (outcome.needsReason && asking()?.id !== outcome.id) {
      setAsking(outcome);
      return;
    }
    if (outcome.needsReason && reason().trim() === '') return;
    const { done = doneWords[outcome.id] ?? inSentence(outcome.title), callsTool } =
      view.outcomes?.[outcome.id] ?? {};
    if (outcome.takesInput && form) {
      // Five seconds later would be too late to say what is missing.
      const [first] = form.check().filter(({ keyword }) => keyword === 'json' || !callsTool);
      if (first) {
        form.focus(first.path);
        return void setProblem(t('Fix the highlighted fields. Nothing was sent.'));
      }
    }
    const input = inputFor(outcome);
    // A vote is for the requests on screen.
    const previewDigest =
      outcome.id === view.requestOutcome ? preview()?.digest : (step().approvals?.digest ?? undefined);
    const request = {
      id: runId,
      stepId,
      outcome: outcome.id,
      requestId: requestId(),
      ...(input === undefined ? {} : { input }),
      ...(reason().trim() ? { reason: reason().trim() } : {}),
      ...(previewDigest === undefined ? {} : { previewDigest }),
    };
    const decision: Decision = {
      outcome,
      done,
      phase: 'held',
      sendsRequest: outcome.id === view.requestOutcome,
      executions: step().executionIds.length,
    };
    const send = () => {
      setDecision(key, { ...decision, phase: 'sending' });
      return api.runs.complete.mutate(request, { context: { tenant } });
    };
    setProblem(null);
    onAct();
    setDecision(key, decision);
    try {
      const atOnce = callsTool || JSON.stringify(request).length > maxHeldChars;
      const after = await (atOnce ? send() : hold(`${title}: ${done}`, send));
      if (!after) return setDecision(key, undefined);
      dropDraft(draftKey);
      // An older read must not bring back the step as it was.
      await client.cancelQueries({ queryKey: stepQuery.queryKey });
      client.setQueryData(stepQuery.queryKey, after);
      if (!isShown) {
        setDecision(key, undefined);
        return toast(`${title}: ${done}`);
      }
      setTouched(false);
      setAsking(null);
      onTyped(false);
      setDecision(key, { ...decision, phase: 'accepted' });
    } catch (error) {
      fail(error, decision);
    }
  };

  const fail = (error: unknown, decision: Decision) => {
    const failed = toApiError(error);
    // A request that the server may have received keeps its id; a rejected one gets a new id.
    if (!isTransient(error)) setRequestId(crypto.randomUUID());
    setDecision(key, undefined);
    void client.invalidateQueries({ queryKey: stepQuery.queryKey });
    if (!isShown) return toastError(t`${title} was not completed`, error);
    if (failed.code === 'conflict')
      return setDecision(key, { ...decision, phase: 'refused', refusal: failed.message });
    const found = completionProblem(failed);
    const [first] = found.issues;
    if (first) {
      setIssues(found.issues);
      form?.focus(first.path);
    }
    setProblem(found.message);
    if (failed.code === 'preview_changed' && decision.sendsRequest) void makePreview();
  };

  /** What the form's Enter key and mod+enter do: nothing where people choose, so that they choose. */
  const main = () => {
    const { outcomes } = step();
    return (
      asking() ??
      (outcomes.length === 1 ? outcomes[0] : outcomes.find(({ takesInput }) => takesInput && hasForm()))
    );
  };
  /** Is there a form to fill in? */
  const hasForm = () =>
    schema !== null && isEditable && step().outcomes.some((outcome) => outcome.takesInput);

  return {
    schema,
    sendsRequest,
    hasForm,
    value,
    change,
    discard,
    touched,
    issues,
    problem: () => problem() ?? previewFailure(),
    preview: () => single(preview()),
    batchPreview: () => many(preview()),
    /** The first request is being made. */
    previewing: () => sendsRequest && mayComplete() && !wasPreviewed() && asking() === null,
    /** The outcome that waits for a reason. */
    asking,
    setAsking,
    reason,
    setReason,
    isArmed,
    /** The decision is held or being sent: nothing changes meanwhile. */
    isDecided,
    complete,
    main,
    setForm: (handle: SchemaFormHandle) => {
      form = handle;
    },
  };
}
