import { createSignal, For, Match, onMount, Show, Switch } from 'solid-js';
import type { DecidedItem, DecisionsPreview } from '../../../../shared/playbooks/bulk-schemas.ts';
import { toApiError } from '../../../api/api-error.ts';
import { api } from '../../../api/trpc.ts';
import { createArming } from '../../../kit/arming.ts';
import { manyWords } from '../../../kit/bulk/many-words.ts';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { shortId } from '../../../kit/format.ts';
import { SendKey } from '../../../kit/send-key.tsx';
import { SkeletonLines } from '../../../kit/skeleton.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { counted, t } from '../../../words/words.ts';
import { RequestView } from '../../tools/parts/request-view.tsx';

type Asked = DecisionsPreview['items'][number];
type Outcome = 'approved' | 'rejected';

/** Approves or rejects several executions: a preview of every request, and what became of each. */
export default function DecideMany(props: {
  ids: readonly string[];
  /** Gets those that were decided here, and those that no one has decided. */
  onChanged: (done: readonly string[], rest: readonly string[]) => void;
  onClose: () => void;
}) {
  const { ids } = props;
  const [shown, setShown] = createSignal<DecisionsPreview>();
  const [failure, setFailure] = createSignal<unknown>();
  const [outcome, setOutcome] = createSignal<Outcome>('approved');
  const [reason, setReason] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [result, setResult] = createSignal<readonly DecidedItem[]>();
  const load = async () => {
    setFailure(undefined);
    try {
      setShown(await api.inbox.previewDecisions.mutate({ items: ids.map((id) => ({ id })) }));
    } catch (error) {
      setFailure(error);
    }
  };
  const armed = createArming(() => shown() && JSON.stringify([shown(), outcome()]));
  const rejects = () => outcome() === 'rejected';
  const count = () => shown()?.items.length ?? 0;
  const ready = () => count() > 0 && (!rejects() || reason().trim() !== '');
  /** One id per intent: sent again, no vote counts twice. */
  let intent = { of: '', id: '' };
  const requestIdOf = (decision: object) => {
    const of = JSON.stringify(decision);
    if (intent.of !== of) intent = { of, id: crypto.randomUUID() };
    return intent.id;
  };

  const send = async () => {
    if (busy() || result() || !ready() || !armed()) return;
    setBusy(true);
    setProblem(undefined);
    const decision = {
      items: shown()!.items.map(({ execution: { id }, digest }) => ({ id, digest })),
      outcome: outcome(),
      ...(reason().trim() && { reason: reason().trim() }),
    };
    try {
      const { items } = await api.inbox.decide.mutate({ ...decision, requestId: requestIdOf(decision) });
      setResult(items);
      const of = new Map(items.map((item) => [item.id, item.result]));
      props.onChanged(
        ids.filter((id) => of.get(id) === 'done'),
        ids.filter((id) => !['done', 'already_done'].includes(of.get(id) ?? '')),
      );
    } catch (error) {
      setProblem(toApiError(error).message);
    } finally {
      setBusy(false);
    }
  };
  let body: HTMLDivElement | undefined;
  onMount(() => {
    body?.focus();
    void load();
  });

  return (
    <Sheet
      open
      title={t('Approve or reject')}
      description={t('Each is decided by itself, by the rules of its own approval.')}
      onClose={props.onClose}
      footer={
        <Show
          when={result()}
          fallback={
            <>
              <div class="flex-1" />
              <Button onClick={props.onClose}>{t('Cancel')}</Button>
              <Button
                variant={rejects() ? 'danger' : 'primary'}
                keys="mod+enter"
                busy={busy()}
                disabled={!ready()}
                armed={armed()}
                onClick={() => void send()}
              >
                {rejects()
                  ? counted(count(), 'Reject {0} execution|Reject {0} executions')
                  : counted(count(), 'Approve {0} execution|Approve {0} executions')}
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
        <SendKey label={t('Send the decision')} send={() => void send()} />
        <Switch fallback={<SkeletonLines lines={6} />}>
          <Match when={result()}>
            {(ended) => <Results ended={ended()} outcome={outcome()} shown={shown()?.items ?? []} />}
          </Match>
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
                <Show
                  when={count() > 0}
                  fallback={<p>{t('You can decide none of these executions now.')}</p>}
                >
                  <fieldset class="flex flex-wrap gap-x-4 gap-y-2" disabled={busy()}>
                    <legend class="label-caps pb-1">{t('Decision')}</legend>
                    <For each={['approved', 'rejected'] as const}>
                      {(each) => (
                        <label class="flex min-h-7 items-center gap-2 pointer-coarse:min-h-10">
                          <input
                            type="radio"
                            name="decision"
                            class="accent-accent-fill"
                            checked={outcome() === each}
                            onChange={() => setOutcome(each)}
                          />
                          {each === 'approved' ? t('Approve') : t('Reject')}
                        </label>
                      )}
                    </For>
                  </fieldset>
                  <Show when={rejects()}>
                    <p class="text-muted">
                      {t('The executions end and nothing is sent. Who asked sees your reason.')}
                    </p>
                  </Show>
                  <TextInput
                    label={t('Reason')}
                    required={rejects()}
                    rows={2}
                    maxLength={2000}
                    value={reason()}
                    onInput={setReason}
                  />
                  <Show when={problem()}>
                    {(message) => (
                      <p role="alert" class="rounded-md border bg-failed-soft px-3 py-2 text-failed">
                        {message()}
                      </p>
                    )}
                  </Show>
                  <section aria-label={t('Requests')}>
                    <h3 class="label-caps">{counted(count(), '{0} execution|{0} executions')}</h3>
                    <ul>
                      <For each={found().items}>{(each) => <AskedRow asked={each} />}</For>
                    </ul>
                  </section>
                </Show>
                <Show when={found().leftOut.length > 0}>
                  <section aria-label={t('Left out')}>
                    <h3 class="label-caps">{t`Left out (${found().leftOut.length})`}</h3>
                    <ul>
                      <For each={found().leftOut}>
                        {(each) => (
                          <Told
                            name={nameOf(each.toolTitle ?? shortId(each.id), each.exception)}
                            text={each.message}
                          />
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

const nameOf = (title: string, exception: Asked['exception']): string =>
  exception ? `${title}, EX-${exception.number} ${exception.title}` : title;

const Told = (props: { name: string; text: string | null }) => (
  <li class="border-b py-1.5 last:border-0">
    <span class="break-words">{props.name}</span>
    <p class="break-words text-muted text-sm">{props.text}</p>
  </li>
);

/** One execution, with exactly what it would send. */
function AskedRow(props: { asked: Asked }) {
  const execution = () => props.asked.execution;
  const sent = () => props.asked.request.request;
  return (
    <li class="border-b py-1.5 last:border-0">
      <details>
        <summary class="cursor-pointer break-words">
          {nameOf(execution().toolTitle, props.asked.exception)}
          <span class="block pl-4 text-muted text-sm">
            {execution().actor.name}: {execution().reason}
            <Show when={execution().required > 1}>
              {' '}
              {t`${execution().approved} of ${execution().required} have approved.`}
            </Show>
          </span>
          <span class="block break-all pl-4 font-mono text-muted text-sm">
            {sent().method} {sent().url}{' '}
            {sent().body === undefined ? '' : JSON.stringify(sent().body).slice(0, 300)}
          </span>
        </summary>
        <div class="py-2 pl-4">
          <RequestView preview={props.asked.request} />
        </div>
      </details>
    </li>
  );
}

const order = ['changed', 'refused', 'not_sent', 'already_done'] as const;

function Results(props: { ended: readonly DecidedItem[]; outcome: Outcome; shown: readonly Asked[] }) {
  const others = () => order.flatMap((result) => props.ended.filter((item) => item.result === result));
  const name = (id: string) => {
    const asked = props.shown.find(({ execution }) => execution.id === id);
    return asked ? nameOf(asked.execution.toolTitle, asked.exception) : shortId(id);
  };
  return (
    <>
      <p role="alert" class="font-medium">
        {manyWords(props.ended, {
          done: (of) =>
            props.outcome === 'approved'
              ? counted(of, '{0} approved|{0} approved')
              : counted(of, '{0} rejected|{0} rejected'),
          already: (of, by) => counted(of, '{0} already decided by {1}|{0} already decided by {1}', by),
        })}
      </p>
      <ul>
        <For each={others()}>{(item) => <Told name={name(item.id)} text={item.message} />}</For>
      </ul>
    </>
  );
}
