import { Key } from '@solid-primitives/keyed';
import { Link } from '@tanstack/solid-router';
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { type BatchCallStatus, batchCallStatuses } from '../../../../shared/batches/batch-statuses.ts';
import { Button } from '../../../kit/button.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { Status, statusWord } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { type BatchCall, callShown } from '../parts/batch-words.ts';

/** Rows that are shown at once. */
const shownAtOnce = 200;

/** The calls of a batch with what came of each; those of one status where a person asks for them. */
export function CallsTable(props: { calls: readonly BatchCall[]; tenant: string }) {
  const [status, setStatus] = createSignal<BatchCallStatus | ''>('');
  const [room, setRoom] = createSignal(shownAtOnce);
  const filterId = createUniqueId();
  const present = createMemo(() =>
    batchCallStatuses.filter((each) => each === status() || props.calls.some((call) => call.status === each)),
  );
  const matching = createMemo(() =>
    status() === '' ? props.calls : props.calls.filter((call) => call.status === status()),
  );
  return (
    <div class="flex flex-col gap-2">
      <div class="flex items-center gap-2">
        <label for={filterId} class="font-medium text-sm">
          {t('Show')}
        </label>
        <div class="w-52">
          <select
            id={filterId}
            class={inputClass}
            value={status()}
            onChange={(event) => {
              setStatus(event.currentTarget.value as BatchCallStatus | '');
              setRoom(shownAtOnce);
            }}
          >
            <option value="">{t`Every call (${props.calls.length})`}</option>
            <For each={present()}>
              {(each) => (
                <option value={each} selected={each === status()}>
                  {callShown[each].word ?? statusWord(callShown[each].kind)} (
                  {props.calls.filter((call) => call.status === each).length})
                </option>
              )}
            </For>
          </select>
        </div>
      </div>
      <table aria-label={t('Calls')} class="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr>
            <ColumnHeader class="w-32 max-sm:w-20">{t('Call')}</ColumnHeader>
            <ColumnHeader class="w-44 max-sm:w-auto">{t('Status')}</ColumnHeader>
            <ColumnHeader class="max-lg:hidden">{t('Input')}</ColumnHeader>
            <ColumnHeader class="max-sm:hidden">{t('Result')}</ColumnHeader>
            <ColumnHeader align="right" class="w-24 max-md:hidden">
              {t('Duration')}
            </ColumnHeader>
          </tr>
        </thead>
        <tbody>
          <Key each={matching().slice(0, room())} by="id">
            {(call) => (
              <tr>
                <td class="truncate border-b py-1.5 pr-2 font-mono text-sm" title={call().toolName}>
                  <Show when={call().executionId} fallback={call().id}>
                    {(executionId) => (
                      <Link
                        to="/t/$tenant/executions/$executionId"
                        params={{ tenant: props.tenant, executionId: executionId() }}
                        class="text-accent hover:text-accent-hover"
                      >
                        {call().id}
                      </Link>
                    )}
                  </Show>
                </td>
                <td class="border-b py-1.5 pr-2">
                  <Status {...callShown[call().status]} />
                </td>
                <td
                  class="truncate border-b py-1.5 pr-2 text-muted max-lg:hidden"
                  title={inShort(call().input)}
                >
                  {inShort(call().input)}
                </td>
                <td class="truncate border-b py-1.5 pr-2 text-muted max-sm:hidden" title={resultOf(call())}>
                  {resultOf(call())}
                </td>
                <td class="border-b py-1.5 text-right text-muted tabular-nums max-md:hidden">
                  {durationOf(call())}
                </td>
              </tr>
            )}
          </Key>
        </tbody>
      </table>
      <Show when={matching().length > room()}>
        <div>
          <Button
            onClick={() => setRoom((before) => before + shownAtOnce)}
          >{t`Show more (${matching().length - room()} left)`}</Button>
        </div>
      </Show>
    </div>
  );
}

/** Why it did not succeed, or the beginning of what it returned. */
function resultOf({ failure, reason, output, toolName }: BatchCall): string {
  if (failure) return said(failure.message);
  if (reason !== undefined) return reason;
  return output === undefined || output === null ? toolName : inShort(output);
}

const inShort = (value: unknown): string =>
  value === undefined ? '' : (JSON.stringify(value) ?? '').slice(0, 300);

const durationOf = ({ startedAt, endedAt }: BatchCall): string =>
  startedAt && endedAt ? formatDuration(Date.parse(endedAt) - Date.parse(startedAt)) : '–';
