import { Link } from '@tanstack/solid-router';
import { createSignal, For, onCleanup, Show } from 'solid-js';
import type { PolicyDocumentInput } from '../../../../shared/policies/policy-schemas.ts';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { inSentence, rich, t } from '../../../words/words.ts';
import { effects } from '../../policies/parts/effect.tsx';

type Replay = Outputs['policies']['replay'];

/** The newest executions that are looked at. */
const most = 20_000;
const shown = 20;

interface Found {
  examined: number;
  changed: Replay['changed'];
  /** By "Allowed → Denied". */
  counts: ReadonlyMap<string, number>;
  unjudged: Replay['unjudged'];
  ignoresRates: boolean;
  complete: boolean;
}

const nothing: Found = {
  examined: 0,
  changed: [],
  counts: new Map(),
  unjudged: { redacted: 0, dropped: 0, roles: 0, failed: 0 },
  ignoresRates: false,
  complete: false,
};

const changeWords = ({ before, after }: Replay['changed'][number]): string =>
  `${effects[before.effect].decision} → ${inSentence(effects[after.effect].decision)}`;

function joined(found: Found, page: Replay): Found {
  const counts = new Map(found.counts);
  for (const change of page.changed)
    counts.set(changeWords(change), (counts.get(changeWords(change)) ?? 0) + 1);
  const { redacted, dropped, roles, failed } = page.unjudged;
  return {
    examined: found.examined + page.examined,
    changed: [...found.changed, ...page.changed].slice(0, shown),
    counts,
    unjudged: {
      redacted: found.unjudged.redacted + redacted,
      dropped: found.unjudged.dropped + dropped,
      roles: found.unjudged.roles + roles,
      failed: found.unjudged.failed + failed,
    },
    ignoresRates: page.ignoresRates,
    complete: page.nextCursor === null,
  };
}

/** What a change would have decided otherwise over the last 30 days, read page by page until it is stopped. */
export function ReplayPanel(props: { policy: PolicyDocumentInput; policyId: string | undefined }) {
  const [found, setFound] = createSignal<Found>();
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let stopped = false;
  let section: HTMLElement | undefined;
  onCleanup(() => {
    stopped = true;
  });

  async function start(): Promise<void> {
    stopped = false;
    setBusy(true);
    setError(undefined);
    setFound(nothing);
    const { policy, policyId } = props;
    let cursor: string | undefined;
    try {
      do {
        const page = await api.policies.replay.mutate({ policy, policyId, cursor, limit: 500 });
        if (stopped) break;
        setFound((before) => joined(before ?? nothing, page));
        cursor = page.nextCursor ?? undefined;
      } while (cursor && !stopped && (found()?.examined ?? 0) < most);
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
      section?.scrollIntoView({ block: 'nearest' });
    }
  }

  return (
    <section ref={section} aria-label={t('The last 30 days')} class="flex flex-col gap-2 border-t pt-3">
      <div class="flex items-center gap-3">
        <h3 class="flex-1 font-semibold">{t('The last 30 days')}</h3>
        <Show
          when={busy()}
          fallback={<Button onClick={() => void start()}>{t('Show what would change')}</Button>}
        >
          <Button
            onClick={() => {
              stopped = true;
            }}
          >
            {t('Stop')}
          </Button>
        </Show>
      </div>
      <FailureNote failed={t('The executions could not be judged.')} error={error()} />
      <Show
        when={found()}
        fallback={
          <p class="text-muted">
            {t('Judges the executions of the last 30 days with this policy. Nothing is called.')}
          </p>
        }
      >
        {(each) => <Result found={each()} busy={busy()} />}
      </Show>
    </section>
  );
}

function Result(props: { found: Found; busy: boolean }) {
  const unjudged = () =>
    [
      [props.found.unjudged.redacted, t('the condition reads a field whose value is not kept')],
      [props.found.unjudged.dropped, t('the input is not kept or too large')],
      [props.found.unjudged.roles, t('the roles of who requested it are not known')],
      [props.found.unjudged.failed, t('the condition failed')],
    ].filter(([count]) => Number(count) > 0);
  return (
    <div class="flex flex-col gap-2">
      <p role="status">
        {rich`${() => props.found.examined} executions judged${() => (props.busy ? t(' so far') : '')}`}
        {props.busy || props.found.complete ? '' : t(', the newest ones')}.{' '}
        <Show when={props.found.counts.size === 0 && !props.busy}>
          {t('Nothing would have been decided otherwise.')}
        </Show>
      </p>
      <Show when={props.found.counts.size > 0}>
        <ul class="font-medium">
          <For each={[...props.found.counts]}>
            {([words, count]) => (
              <li>
                {words}: {count}
              </li>
            )}
          </For>
        </ul>
        <ul aria-label={t('Executions')}>
          <For each={props.found.changed}>
            {(change) => (
              <li class="flex flex-wrap gap-x-3 border-b py-1">
                <Link
                  to="/t/$tenant/executions/$executionId"
                  params={{ tenant: tenantSlug(), executionId: change.executionId }}
                  class="text-accent hover:text-accent-hover"
                >
                  {change.toolName}
                </Link>
                <span>{changeWords(change)}</span>
                <span class="text-muted">{change.actorName}</span>
                <span class="text-faint">
                  <RelativeTime at={change.createdAt} />
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <For each={unjudged()}>
        {([count, why]) => <p class="text-muted">{rich`${count} could not be judged: ${why}.`}</p>}
      </For>
      <Show when={props.found.ignoresRates}>
        <p class="text-muted">{t('Limits on the number of calls are not part of this.')}</p>
      </Show>
    </div>
  );
}
