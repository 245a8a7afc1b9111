import { Key } from '@solid-primitives/keyed';
import { ChevronDown, ChevronRight } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { CodeBlock } from '../../../kit/code-block.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { formatClock, formatDuration, formatExactTime } from '../../../kit/format.ts';
import { Heading } from '../../../kit/heading.tsx';
import { RelativeTime, useNow } from '../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { isPhone } from '../../../shell/window-width.ts';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { HeaderLines, RequestLines } from '../../tools/parts/request-lines.tsx';
import { type Execution, formatSince } from './execution-words.ts';

type Attempt = Execution['attempts'][number];

const kinds: Record<Attempt['status'], StatusKind> = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  unknown: 'unknown',
};

/** Every attempt. The last one is expanded unless it succeeded. */
export function AttemptsTable(props: { attempts: readonly Attempt[] }) {
  const last = () => props.attempts.at(-1);
  /** The rows that the person expanded or collapsed. */
  const [chosen, setChosen] = createSignal<ReadonlyMap<number, boolean>>(new Map());
  const isOpen = (attempt: Attempt) =>
    chosen().get(attempt.number) ?? (attempt.number === last()?.number && attempt.status !== 'succeeded');
  const toggle = (attempt: Attempt) =>
    setChosen((before) => new Map(before).set(attempt.number, !isOpen(attempt)));
  return (
    <table aria-label={t('Attempts')} class="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          <ColumnHeader class="w-14">{t('No.')}</ColumnHeader>
          <ColumnHeader class="w-40">{t('Status')}</ColumnHeader>
          <ColumnHeader class="max-sm:hidden">{t('Response')}</ColumnHeader>
          <ColumnHeader align="right" class="w-28 max-sm:hidden">
            {t('Started')}
          </ColumnHeader>
          <ColumnHeader align="right" class="w-24">
            {t('Duration')}
          </ColumnHeader>
        </tr>
      </thead>
      <tbody>
        <Key each={props.attempts} by="number">
          {(attempt) => (
            <AttemptRow
              attempt={attempt()}
              last={attempt().number === last()?.number}
              open={isOpen(attempt())}
              onToggle={() => toggle(attempt())}
            />
          )}
        </Key>
      </tbody>
    </table>
  );
}

function AttemptRow(props: { attempt: Attempt; last: boolean; open: boolean; onToggle: () => void }) {
  const response = () => {
    const { httpStatus, error } = props.attempt;
    return said(error?.message) ?? (httpStatus === undefined ? '' : t`HTTP ${httpStatus}`);
  };
  return (
    <>
      <tr class="h-8 hover:bg-hover">
        <td class="border-b">
          <button
            type="button"
            aria-expanded={props.open}
            aria-label={t`Attempt ${props.attempt.number}`}
            onClick={() => props.onToggle()}
            class="flex h-full items-center gap-1 rounded-sm"
          >
            <Show
              when={props.open}
              fallback={<ChevronRight size={12} aria-hidden="true" class="text-faint" />}
            >
              <ChevronDown size={12} aria-hidden="true" class="text-faint" />
            </Show>
            {props.attempt.number}
          </button>
        </td>
        <td class="border-b">
          <Status kind={kinds[props.attempt.status]} />
        </td>
        <td class="truncate border-b pr-2 text-muted max-sm:hidden">{response()}</td>
        <td
          class="border-b text-right text-muted max-sm:hidden"
          title={formatExactTime(props.attempt.startedAt)}
        >
          {formatClock(props.attempt.startedAt)}
        </td>
        <td class="border-b text-right">
          <AttemptDuration attempt={props.attempt} />
        </td>
      </tr>
      <Show when={props.open}>
        <tr>
          <td colSpan={isPhone() ? 3 : 5} class="border-b bg-sunken py-2 pl-4">
            <dl class="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-1">
              <Show when={props.attempt.error}>
                {(error) => (
                  <>
                    <dt class="text-faint">{t('Error')}</dt>
                    <dd class="break-words">
                      {said(error().message)} <code class="font-mono text-faint text-sm">{error().code}</code>
                    </dd>
                  </>
                )}
              </Show>
              <Show when={props.attempt.httpStatus}>
                <dt class="text-faint">{t('HTTP status')}</dt>
                <dd>{props.attempt.httpStatus}</dd>
              </Show>
              <dt class="text-faint">{t('Started')}</dt>
              <dd>
                {formatExactTime(props.attempt.startedAt)}{' '}
                <span class="text-faint">
                  <RelativeTime at={props.attempt.startedAt} />
                </span>
              </dd>
              <Show when={props.attempt.endedAt}>
                {(at) => (
                  <>
                    <dt class="text-faint">{t('Ended')}</dt>
                    <dd>{formatExactTime(at())}</dd>
                  </>
                )}
              </Show>
              <Show when={props.last && props.attempt.willRetryAt}>
                {(at) => (
                  <>
                    <dt class="text-faint">{t('Next attempt')}</dt>
                    <dd>
                      <RelativeTime at={at()} />
                    </dd>
                  </>
                )}
              </Show>
            </dl>
            <AttemptExchange attempt={props.attempt} />
          </td>
        </tr>
      </Show>
    </>
  );
}

/** What was sent and what came back, apart from the body, which is the output. */
function AttemptExchange(props: { attempt: Attempt }) {
  return (
    <div class="mt-2 grid gap-3 pr-4 lg:grid-cols-2">
      <Show
        when={props.attempt.request}
        fallback={
          <Show when={props.attempt.endedAt}>
            <p class="text-muted">{t('No request was recorded.')}</p>
          </Show>
        }
      >
        {(request) => (
          <section aria-label={t('Request')} class="flex min-w-0 flex-col gap-1">
            <Heading class="label-caps">
              {t('Request')}
              <Show when={request().truncated}>{t(', truncated')}</Show>
            </Heading>
            <RequestLines request={request()} />
          </section>
        )}
      </Show>
      <Show when={props.attempt.log}>
        {(lines) => (
          <section class="flex min-w-0 flex-col gap-1">
            <Heading class="label-caps">{t('Log')}</Heading>
            <CodeBlock label={t('Log')} text={lines().join('\n')} maxHeight="220px" />
          </section>
        )}
      </Show>
      <Show when={props.attempt.response}>
        {(response) => (
          <section aria-label={t('Response')} class="flex min-w-0 flex-col gap-1">
            <Heading class="label-caps">{t('Response')}</Heading>
            <div class="px-3 py-2 font-mono text-sm leading-[18px]">
              <p class="font-semibold text-code-literal">{rich`HTTP ${() => response().status}`}</p>
              <HeaderLines headers={response().headers} />
            </div>
          </section>
        )}
      </Show>
    </div>
  );
}

function AttemptDuration(props: { attempt: Attempt }) {
  const now = useNow();
  const ms = () =>
    (props.attempt.endedAt ? Date.parse(props.attempt.endedAt) : now()) - Date.parse(props.attempt.startedAt);
  return (
    <span classList={{ 'text-running': props.attempt.status === 'running' }}>
      {props.attempt.endedAt ? formatDuration(Math.max(0, ms())) : formatSince(ms())}
    </span>
  );
}
