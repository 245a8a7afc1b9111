import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { Issue } from '../../../../../shared/platform/error-codes.ts';
import { isTransient, toApiError } from '../../../../api/api-error.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Outputs } from '../../../../api/trpc.ts';
import { dropDraft, readDraft, saveDraft } from '../../../../kit/draft-storage.ts';
import { issuesElsewhere } from '../../../../kit/schema-form/issues-elsewhere.ts';
import { setAt } from '../../../../kit/schema-form/json-edit.ts';
import type { SchemaFormHandle } from '../../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../../kit/schema-form/schema-values.ts';
import { toast } from '../../../../shell/toasts.tsx';
import { stepTypeView } from '../steps/registry.ts';
import { completionProblem, previewProblem } from './step-problems.ts';
import type { StepView } from './step-view.ts';

export type Outcome = StepView['outcomes'][number];
type Preview = Outputs['runs']['preview'];

const previewAfterMs = 300;

/** Outcomes that every type of step may have. */
const doneWords: Record<string, string> = { skip: 'skipped', abort: 'run aborted', retry: 'retrying' };

/** The state of the form that completes a step, and what it can do; the component only shows it. */
export function createCompletion(at: { step: () => StepView; onChanged: () => void; onDone: () => void }) {
  const { step } = at;
  const view = stepTypeView(step().type);
  // Kept from when the form opened: it must not change while someone fills it in.
  const schema = step().form;
  const sendsRequest = step().outcomes.some(({ id }) => id === view.requestOutcome);
  /** The input of a call that was already sent can no longer change. */
  const isEditable = view.requestOutcome === undefined || sendsRequest;
  const draftKey = `step.${tenantSlug()}.${step().runId}/${step().id}`;
  const draft = schema ? readDraft(draftKey)?.value : undefined;
  const resolved = view.requestOutcome === undefined ? undefined : step().input;

  const [value, setValue] = createSignal<unknown>(
    draft ?? resolved ?? (schema ? initialValue(schema, schema) : undefined),
  );
  const [touched, setTouched] = createSignal(draft !== undefined);
  const [issues, setIssues] = createSignal<readonly Issue[]>(draft === undefined ? step().issues : []);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [previewFailure, setPreviewFailure] = createSignal<string | null>(null);
  const [preview, setPreview] = createSignal<Preview | null>(null);
  const [asking, setAsking] = createSignal<Outcome | null>(null);
  const [reason, setReason] = createSignal('');
  const [busy, setBusy] = createSignal<string | null>(null);
  // One id per intent: a double click completes once.
  const [requestId, setRequestId] = createSignal(crypto.randomUUID());
  let form: SchemaFormHandle | undefined;

  const change = (pointer: string, next: unknown) => {
    setValue((before: unknown) => setAt(before, pointer, next));
    setTouched(true);
    setIssues((before) => issuesElsewhere(before, pointer));
    // Without issues, "Fix the highlighted fields" would point at nothing.
    if (issues().length === 0) setProblem(null);
    if (schema) saveDraft(draftKey, schema, { value: unwrap(value()) });
  };

  let latest = 0;
  const makePreview = async () => {
    const mine = ++latest;
    const { runId: id, id: stepId } = step();
    try {
      const input = touched() ? { input: unwrap(value()) } : {};
      const made = await api.runs.preview.mutate({ id, stepId, ...input });
      if (mine !== latest) return;
      setPreview(made);
      setPreviewFailure(null);
    } catch (error) {
      if (mine !== latest) return;
      const found = previewProblem(error);
      setPreview(null);
      setIssues(found.issues);
      setPreviewFailure(found.message);
    }
  };
  createEffect(
    on(value, () => {
      if (!sendsRequest) return;
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

  /** Asks for the reason first where the outcome needs one. */
  const complete = async (outcome: Outcome) => {
    if (busy()) return;
    if (outcome.needsReason && asking()?.id !== outcome.id) {
      setAsking(outcome);
      return;
    }
    if (outcome.takesInput && form) {
      const [unreadable] = form.check().filter((issue) => issue.keyword === 'json');
      if (unreadable) return void form.focus(unreadable.path);
    }
    setBusy(outcome.id);
    setProblem(null);
    try {
      const input = inputFor(outcome);
      // A vote is for the requests on screen.
      const previewDigest =
        outcome.id === view.requestOutcome ? preview()?.digest : (step().approvals?.digest ?? undefined);
      await api.runs.complete.mutate({
        id: step().runId,
        stepId: step().id,
        outcome: outcome.id,
        requestId: requestId(),
        ...(input === undefined ? {} : { input }),
        ...(reason().trim() ? { reason: reason().trim() } : {}),
        ...(previewDigest === undefined ? {} : { previewDigest }),
      });
      dropDraft(draftKey);
      const done = view.outcomes?.[outcome.id]?.done ?? doneWords[outcome.id] ?? outcome.title.toLowerCase();
      toast(`${step().title} – ${done}`);
      at.onChanged();
      at.onDone();
    } catch (error) {
      const failed = toApiError(error);
      // A request that the server may have received keeps its id; a rejected one gets a new id.
      if (!isTransient(error)) setRequestId(crypto.randomUUID());
      const found = completionProblem(failed);
      const [first] = found.issues;
      if (first) {
        setIssues(found.issues);
        form?.focus(first.path);
      }
      setProblem(found.message);
      if (failed.code === 'preview_changed' && sendsRequest) return void makePreview();
      // The form disappears with its step: the toast stays.
      if (failed.code === 'conflict') toast(failed.message);
      at.onChanged();
    } finally {
      setBusy(null);
    }
  };

  return {
    schema,
    sendsRequest,
    /** Is there a form to fill in? */
    hasForm: () => schema !== null && isEditable && step().outcomes.some((outcome) => outcome.takesInput),
    value,
    change,
    issues,
    problem: () => problem() ?? previewFailure(),
    preview,
    /** The outcome that waits for a reason. */
    asking,
    setAsking,
    reason,
    setReason,
    /** The id of the outcome that is being sent. */
    busy,
    complete,
    /** What the form's Enter key does. */
    main: () => asking() ?? step().outcomes[0],
    keysOf: (outcome: Outcome, index: number) =>
      view.outcomes?.[outcome.id]?.keys ?? (index === 0 ? 'a' : undefined),
    setForm: (handle: SchemaFormHandle) => {
      form = handle;
    },
  };
}
