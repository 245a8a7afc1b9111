import { createEffect, createSignal, For, Match, on, onMount, Show, Switch } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { exceptionLabel } from '../../../shared/exceptions/exception-number.ts';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import type { AlikePreview, BulkItem, BulkResult } from '../../../shared/playbooks/bulk-schemas.ts';
import { toApiError } from '../../api/api-error.ts';
import { api } from '../../api/trpc.ts';
import { createArming } from '../../kit/arming.ts';
import { manyWords } from '../../kit/bulk/many-words.ts';
import { Button } from '../../kit/button.tsx';
import { Sheet } from '../../kit/dialog.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { Markdown } from '../../kit/markdown.tsx';
import { issuesElsewhere } from '../../kit/schema-form/issues-elsewhere.ts';
import { setAt } from '../../kit/schema-form/json-edit.ts';
import { SchemaForm, type SchemaFormHandle } from '../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../kit/schema-form/schema-values.ts';
import { SendKey } from '../../kit/send-key.tsx';
import { SkeletonLines } from '../../kit/skeleton.tsx';
import { said } from '../../words/said.ts';
import { counted, t } from '../../words/words.ts';
import { RequestView } from '../tools/parts/request-view.tsx';
import { refOf, type StepItem, type StepRef } from './inbox-rows.ts';

type Shown = AlikePreview['items'][number];

const keyOf = ({ runId, stepId }: StepRef): string => `${runId}~${stepId}`;

/** Completes steps that are alike: one form, a preview of all, and what became of each. */
export default function CompleteAlike(props: {
  rows: readonly StepItem[];
  /** Gets the rows that were completed here, and those that no one has completed. */
  onChanged: (done: readonly StepItem[], rest: readonly StepItem[]) => void;
  onClose: () => void;
}) {
  const { rows } = props;
  const items = rows.map(refOf);
  const [chosen, setChosen] = createSignal<string>();
  const [shown, setShown] = createSignal<AlikePreview>();
  const [failure, setFailure] = createSignal<unknown>();
  const [loading, setLoading] = createSignal(true);
  let latest = 0;
  const load = async () => {
    const mine = ++latest;
    const of = chosen();
    setLoading(true);
    setFailure(undefined);
    try {
      const found = await api.inbox.previewCompletion.mutate({ items, ...(of && { outcome: of }) });
      if (mine === latest) setShown(found);
    } catch (error) {
      if (mine === latest) setFailure(error);
    }
    if (mine === latest) setLoading(false);
  };
  createEffect(on(chosen, () => void load()));
  const step = () => shown()?.step ?? undefined;
  const outcome = () => step()?.outcomes.find(({ id }) => id === step()?.outcome);
  const form = () => (outcome()?.takesInput ? (step()?.form ?? undefined) : undefined);
  const [value, setValue] = createSignal<unknown>();
  const input = () => {
    const schema = form();
    return schema && (value() ?? initialValue(schema, schema));
  };
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [reason, setReason] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [result, setResult] = createSignal<readonly BulkItem[]>();
  // One id per intent: sent again, nothing is completed twice.
  let requestId = crypto.randomUUID();
  let handle: SchemaFormHandle | undefined;
  const armed = createArming(() =>
    shown() && !loading() ? JSON.stringify([shown()?.items, outcome()?.id]) : undefined,
  );
  const ready = () =>
    outcome() !== undefined &&
    !loading() &&
    (shown()?.items.length ?? 0) > 0 &&
    (!outcome()?.needsReason || reason().trim() !== '');

  const send = async () => {
    const found = shown();
    const by = outcome();
    if (busy() || result() || !ready() || !found || !by || !armed()) return;
    if (form() && (handle?.check().length ?? 0) > 0) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { items: ended } = await api.inbox.complete.mutate({
        items: found.items.map(({ runId, stepId, digest }) => ({ runId, stepId, digest })),
        outcome: by.id,
        requestId,
        ...(form() && { input: unwrap(input()) }),
        ...(reason().trim() && { reason: reason().trim() }),
      });
      setResult(ended);
      const of = new Map(ended.map((item) => [keyOf(item), item.result]));
      const resultOf = (row: StepItem) => of.get(keyOf(refOf(row)));
      props.onChanged(
        rows.filter((row) => resultOf(row) === 'done'),
        rows.filter((row) => !['done', 'already_done'].includes(resultOf(row) ?? '')),
      );
    } catch (error) {
      const failed = toApiError(error);
      const found = (failed.issues ?? []).filter(({ path }) => path.startsWith('/input'));
      setIssues(found.map((issue) => ({ ...issue, path: issue.path.slice('/input'.length) })));
      setProblem(failed.message);
      // What the server has refused whole gets a new id; what it may have received keeps its own.
      if (found.length > 0) requestId = crypto.randomUUID();
    } finally {
      setBusy(false);
    }
  };
  let body: HTMLDivElement | undefined;
  onMount(() => body?.focus());

  return (
    <Sheet
      open
      title={step() ? t`Complete ${step()!.title}` : t('Complete steps')}
      description={step() && t`${step()!.playbookTitle} v${step()!.playbookVersion}`}
      onClose={props.onClose}
      footer={
        <Show
          when={result()}
          fallback={
            <>
              <span role="status" class="flex-1 text-muted tabular-nums">
                <Show when={shown() && !loading()}>
                  {counted(shown()!.items.length, '{0} step|{0} steps')}
                </Show>
              </span>
              <Button onClick={props.onClose}>{t('Cancel')}</Button>
              <Button
                variant="primary"
                keys="mod+enter"
                busy={busy()}
                disabled={!ready()}
                armed={armed()}
                onClick={() => void send()}
              >
                {outcome() ? t`${outcome()!.title} (${shown()!.items.length})` : t('Complete')}
              </Button>
            </>
          }
        >
          <div class="flex-1" />
          <Show when={result()?.some((item) => item.result === 'not_sent')}>
            <Button
              onClick={() => {
                setResult(undefined);
                void send();
              }}
            >
              {t('Send again')}
            </Button>
          </Show>
          <Button variant="primary" onClick={props.onClose}>
            {t('Close')}
          </Button>
        </Show>
      }
    >
      <div ref={body} tabindex="-1" class="flex flex-col gap-4 px-5 py-4 outline-none">
        <SendKey label={t('Complete')} send={() => void send()} />
        <Switch fallback={<SkeletonLines lines={6} />}>
          <Match when={result()}>{(ended) => <Results ended={ended()} rows={rows} />}</Match>
          <Match when={failure()}>
            <p role="alert" class="text-failed">
              {toApiError(failure()).message}
            </p>
            <div>
              <Button onClick={() => void load()}>{t('Try again')}</Button>
            </div>
          </Match>
          <Match when={shown()}>
            {(found) => (
              <>
                <Show when={step()?.instructions}>{(text) => <Markdown text={text()} />}</Show>
                <Show when={(step()?.outcomes.length ?? 0) > 1}>
                  <fieldset class="flex flex-wrap gap-x-4 gap-y-2" disabled={busy()}>
                    <legend class="label-caps pb-1">{t('Outcome')}</legend>
                    <For each={step()?.outcomes}>
                      {(each) => (
                        <label class="flex min-h-7 items-center gap-2 pointer-coarse:min-h-10">
                          <input
                            type="radio"
                            name="outcome"
                            class="accent-accent-fill"
                            checked={each.id === (chosen() ?? step()?.outcome)}
                            onChange={() => setChosen(each.id)}
                          />
                          {each.title}
                        </label>
                      )}
                    </For>
                  </fieldset>
                </Show>
                <Show when={form()}>
                  {(schema) => (
                    <fieldset disabled={busy()}>
                      <SchemaForm
                        schema={schema()}
                        value={input()}
                        onChange={(pointer, next) => {
                          setValue(setAt(input(), pointer, next));
                          setIssues((before) => issuesElsewhere(before, pointer));
                        }}
                        issues={issues()}
                        label={t('Form')}
                        handle={(given) => {
                          // The sheet first focuses its close button.
                          if (!handle) setTimeout(() => given.focusFirst(), 50);
                          handle = given;
                        }}
                      />
                    </fieldset>
                  )}
                </Show>
                <Show when={outcome()?.needsReason}>
                  <Field label={t('Reason')} required>
                    {(field) => (
                      <textarea
                        {...field}
                        rows="2"
                        value={reason()}
                        disabled={busy()}
                        onInput={(event) => setReason(event.currentTarget.value)}
                        class={`${inputClass} h-auto min-h-14 py-1`}
                      />
                    )}
                  </Field>
                </Show>
                <Show when={problem()}>
                  {(message) => (
                    <p role="alert" class="rounded-md border bg-failed-soft px-3 py-2 text-failed">
                      {message()}
                    </p>
                  )}
                </Show>
                <Show
                  when={found().items.length > 0}
                  fallback={<p>{t('None of these steps can be completed together.')}</p>}
                >
                  <section aria-label={t('Steps')}>
                    <h3 class="label-caps">{counted(found().items.length, '{0} step|{0} steps')}</h3>
                    <ul>
                      <For each={found().items}>{(each) => <AlikeRow step={each} />}</For>
                    </ul>
                  </section>
                </Show>
                <Show when={found().leftOut.length > 0}>
                  <section aria-label={t('Left out')}>
                    <h3 class="label-caps">{t`Left out (${found().leftOut.length})`}</h3>
                    <ul>
                      <For each={found().leftOut}>
                        {(each) => (
                          <li class="border-b py-1.5 last:border-0">
                            <span class="break-words">{nameOf(each.exception, each.title)}</span>
                            <p class="break-words text-muted text-sm">{said(each.message)}</p>
                          </li>
                        )}
                      </For>
                    </ul>
                  </section>
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </Sheet>
  );
}

const nameOf = (exception: { number: number; title: string } | null, title: string | null): string =>
  exception ? `${exceptionLabel(exception.number)} ${exception.title}` : (title ?? t('Unknown step'));

/** One step, with exactly what it would send. */
function AlikeRow(props: { step: Shown }) {
  const requests = () => [
    ...(props.step.preview ? [props.step.preview] : []),
    ...(props.step.covers ?? []).flatMap(({ preview }) => preview ?? []),
  ];
  const name = () => nameOf(props.step.exception, t('Without exception'));
  return (
    <li class="border-b py-1.5 last:border-0">
      <Show when={requests().length > 0} fallback={<span class="break-words">{name()}</span>}>
        <details>
          <summary class="cursor-pointer break-words">
            {name()}
            <For each={requests()}>
              {({ request }) => (
                <span class="block break-all pl-4 font-mono text-muted text-sm">
                  {request.method} {request.url}{' '}
                  {request.body === undefined ? '' : JSON.stringify(request.body).slice(0, 300)}
                </span>
              )}
            </For>
          </summary>
          <div class="flex flex-col gap-4 py-2 pl-4">
            <For each={requests()}>{(each) => <RequestView preview={each} />}</For>
          </div>
        </details>
      </Show>
      <For each={props.step.covers?.filter(({ problem }) => problem !== null)}>
        {(call) => (
          <p class="text-muted text-sm">
            {call.title}: {said(call.problem)}
          </p>
        )}
      </For>
    </li>
  );
}

const order: readonly BulkResult[] = ['done', 'already_done', 'changed', 'refused', 'not_sent'];

function Results(props: { ended: readonly BulkItem[]; rows: readonly StepItem[] }) {
  const rowOf = (item: BulkItem) => props.rows.find((row) => keyOf(refOf(row)) === keyOf(item));
  const others = () =>
    props.ended
      .filter(({ result }) => result !== 'done')
      .toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  return (
    <>
      <p role="alert" class="font-medium">
        {manyWords(props.ended, {
          done: (of) => counted(of, '{0} completed|{0} completed'),
          already: (of, by) => counted(of, '{0} already completed by {1}|{0} already completed by {1}', by),
        })}
      </p>
      <ul>
        <For each={others()}>
          {(item) => (
            <li class="border-b py-1.5 last:border-0">
              <span class="break-words">
                {nameOf(rowOf(item)?.exception ?? null, rowOf(item)?.step.title ?? null)}
              </span>
              <p class="break-words text-muted text-sm">{said(item.message)}</p>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
