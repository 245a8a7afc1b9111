import { CircleCheck, TriangleAlert } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { AuditState } from '../../../shared/events/audit-schemas.ts';
import { useQuery } from '../../api/query.ts';
import { queries } from '../../api/trpc.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { problemWords } from './audit-words.ts';

const count = new Intl.NumberFormat('en-GB');
const refreshMs = 15_000;

/** How far the events are sealed, and what the comparison with the seal has found. */
export function SealState() {
  const query = useQuery(() => ({ ...queries.audit.head(), refetchInterval: refreshMs }));
  return (
    <Show when={query.isSuccess ? query.data : undefined}>
      {(state) => (
        <section aria-label="Seal" class="flex flex-col gap-2 border-b px-6 py-2.5">
          <Show
            when={state().hash}
            fallback={<p class="text-muted">Nothing is sealed yet. New events are sealed within seconds.</p>}
          >
            {(hash) => <Sealed state={state()} hash={hash()} />}
          </Show>
          <Show when={state().check.problems.length > 0}>
            <Problems problems={state().check.problems} />
          </Show>
        </section>
      )}
    </Show>
  );
}

function Sealed(props: { state: AuditState; hash: string }) {
  return (
    <p class="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
      <span>
        Sealed <RelativeTime at={props.state.sealedAt} />:{' '}
        <span class="text-text tabular-nums">{count.format(props.state.sequence)}</span> events, head{' '}
        <code class="font-mono text-sm" title={props.hash}>
          {props.hash.slice(0, 8)}…
        </code>
        <CopyButton text={props.hash} label="Copy head" />
      </span>
      <Show
        when={props.state.check.problems.length === 0 && props.state.check.completedAt}
        fallback={
          <Show when={props.state.check.problems.length === 0}>
            <span>Not compared with the seal yet</span>
          </Show>
        }
      >
        {(at) => (
          <span class="inline-flex items-center gap-1.5 text-succeeded">
            <CircleCheck size={14} aria-hidden="true" />
            <span>
              As sealed, compared <RelativeTime at={at()} />
            </span>
          </span>
        )}
      </Show>
      <Show when={props.state.head}>
        {(head) => (
          <span>
            Signed <RelativeTime at={head().signedAt} />
            {props.state.exportedAt ? ', kept elsewhere' : ''}
          </span>
        )}
      </Show>
    </p>
  );
}

function Problems(props: { problems: AuditState['check']['problems'] }) {
  return (
    <div role="alert" class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2">
      <p class="flex items-center gap-1.5 font-medium text-failed">
        <TriangleAlert size={14} aria-hidden="true" />
        The audit trail is not as it was sealed
      </p>
      <ul class="mt-1">
        <For each={props.problems}>
          {(problem) => (
            <li>
              {problemWords(problem)}, found <RelativeTime at={problem.foundAt} />
            </li>
          )}
        </For>
      </ul>
      <p class="mt-1">
        Someone with access to the database did this, or it was restored to an earlier state. Export the
        trail, check it against the heads that were kept elsewhere, and tell whoever runs this deployment.
      </p>
    </div>
  );
}
