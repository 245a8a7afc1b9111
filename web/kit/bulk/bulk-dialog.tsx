import { createSignal, For, Match, onCleanup, Show, Switch } from 'solid-js';
import { t } from '../../words/words.ts';
import { createArming } from '../arming.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { Field, inputClass } from '../field.tsx';
import type { BulkAction } from './bulk-action.ts';
import { type BulkResult, resultWords, runBulk } from './run-bulk.ts';

/** Shows what an action will do to which rows, does it one row after the other, and says what was refused and why. */
export function BulkDialog<Row>(props: {
  action: BulkAction<Row>;
  rows: readonly Row[];
  name: (row: Row) => string;
  /** Gets the rows to which it was not done although it was wanted. */
  onEnd: (rest: readonly Row[]) => void;
  onClose: () => void;
}) {
  const { action } = props;
  const why = (row: Row) => action.leaves?.(row) ?? null;
  const wanted = props.rows.filter((row) => why(row) === null);
  const leftOut = props.rows.filter((row) => why(row) !== null);
  const [choice, setChoice] = createSignal('');
  const [count, setCount] = createSignal<number>();
  const [result, setResult] = createSignal<BulkResult<Row>>();
  const armed = createArming(() => action.label);
  let stopped = false;
  // A page that is left sends nothing more.
  onCleanup(() => {
    stopped = true;
  });
  const running = () => count() !== undefined && !result();
  const ready = () => wanted.length > 0 && (!action.choice || choice() !== '');

  async function run(): Promise<void> {
    if (count() !== undefined || !ready()) return;
    setCount(0);
    const ended = await runBulk(wanted, (row) => action.run(row, choice()), {
      onDone: setCount,
      stopped: () => stopped,
    });
    action.settled();
    setResult(() => ended);
    props.onEnd([...ended.refused.map(({ row }) => row), ...ended.left]);
  }
  /** While it runs, the first press stops it, so that its result is seen. */
  const close = () => {
    if (running()) stopped = true;
    else props.onClose();
  };

  return (
    <Dialog
      open
      width="520px"
      title={action.label}
      description={result() ? undefined : action.about(wanted.length)}
      onClose={close}
      footer={
        <>
          <span role="status" class="flex-1 text-muted tabular-nums">
            <Show when={running()}>{t`${count()} of ${wanted.length}`}</Show>
          </span>
          <Show when={!result()} fallback={<Button onClick={props.onClose}>{t('Close')}</Button>}>
            <Button onClick={close}>{running() ? t('Stop') : t('Cancel')}</Button>
            <Button
              variant="primary"
              busy={running()}
              disabled={!ready()}
              armed={armed()}
              onClick={() => void run()}
            >
              {action.label}
            </Button>
          </Show>
        </>
      }
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Switch>
          <Match when={result()}>
            {(ended) => (
              <>
                <p role="alert" class="font-medium">
                  {resultWords(ended())}
                </p>
                <Rows
                  label={t('Refused')}
                  rows={ended().refused.map(({ row, why: reason }) => ({
                    name: props.name(row),
                    note: reason,
                  }))}
                />
                <Rows label={t('Not tried')} rows={ended().left.map((row) => ({ name: props.name(row) }))} />
              </>
            )}
          </Match>
          <Match when={true}>
            <Show when={action.choice}>
              {(asked) => (
                <Field label={asked().label} required>
                  {(input) => (
                    <select
                      {...input}
                      class={inputClass}
                      value={choice()}
                      disabled={running()}
                      onChange={(event) => setChoice(event.currentTarget.value)}
                    >
                      <option value="">{t('Choose')}</option>
                      <For each={asked().options}>
                        {(option) => (
                          <option value={option.value} selected={option.value === choice()}>
                            {option.label}
                          </option>
                        )}
                      </For>
                    </select>
                  )}
                </Field>
              )}
            </Show>
            <Rows label={t('Changed')} rows={wanted.map((row) => ({ name: props.name(row) }))} />
            <Rows
              label={t('Left out')}
              rows={leftOut.map((row) => ({ name: props.name(row), note: why(row) ?? undefined }))}
            />
          </Match>
        </Switch>
      </div>
    </Dialog>
  );
}

function Rows(props: { label: string; rows: readonly { name: string; note?: string | undefined }[] }) {
  return (
    <Show when={props.rows.length > 0}>
      <section aria-label={props.label}>
        <h3 class="label-caps">
          {props.label} ({props.rows.length})
        </h3>
        <ul>
          <For each={props.rows}>
            {(row) => (
              <li class="border-b py-1 last:border-0">
                <span class="break-words">{row.name}</span>
                <Show when={row.note}>
                  <p class="break-words text-muted text-sm">{row.note}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
