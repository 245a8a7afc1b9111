import { useQueryClient } from '@tanstack/solid-query';
import { Check, CircleCheck, TriangleAlert } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import type { AuditState } from '../../../shared/events/audit-schemas.ts';
import { useCan } from '../../api/me.ts';
import { useQuery } from '../../api/query.ts';
import { api, queries } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { FormDialog } from '../../kit/form-dialog.tsx';
import { formatNumber } from '../../kit/format.ts';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { TextInput } from '../../kit/text-input.tsx';
import { counted, rich, t } from '../../words/words.ts';
import { problemWords } from './audit-words.ts';

const refreshMs = 15_000;

const open = ({ check }: AuditState) => check.problems.filter(({ acknowledged }) => acknowledged === null);
const closed = ({ check }: AuditState) => check.problems.filter(({ acknowledged }) => acknowledged !== null);

/** How far the events are sealed, and what the comparison with the seal has found. */
export function SealState() {
  const query = useQuery(() => ({ ...queries.audit.head(), refetchInterval: refreshMs }));
  return (
    <Show
      when={query.isSuccess ? query.data : undefined}
      fallback={
        <Show when={query.isPending}>
          <div class="h-10.5 shrink-0 border-b" />
        </Show>
      }
    >
      {(state) => (
        <section aria-label={t('Seal')} class="flex flex-col gap-2 border-b px-6 max-sm:px-4 py-2.5">
          <Show
            when={state().hash}
            fallback={
              <p class="text-muted">{t('Nothing is sealed yet. New events are sealed within seconds.')}</p>
            }
          >
            {(hash) => <Sealed state={state()} hash={hash()} />}
          </Show>
          <Show when={open(state()).length > 0}>
            <Problems problems={open(state())} />
          </Show>
          <Show when={closed(state()).length > 0}>
            <Acknowledged problems={closed(state())} />
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
        {rich`Sealed ${<RelativeTime at={props.state.sealedAt} />}: ${<span class="text-text tabular-nums">{formatNumber(props.state.sequence)}</span>} events, head ${(
          <code class="font-mono text-sm" title={props.hash}>
            {props.hash.slice(0, 8)}…
          </code>
        )}`}
        <CopyButton text={props.hash} label={t('Copy head')} />
      </span>
      <Show
        when={props.state.check.problems.length === 0 && props.state.check.completedAt}
        fallback={
          <Show when={props.state.check.problems.length === 0}>
            <span>{t('Not compared with the seal yet')}</span>
          </Show>
        }
      >
        {(at) => (
          <span class="inline-flex items-center gap-1.5 text-succeeded">
            <CircleCheck size={14} aria-hidden="true" />
            <span>{rich`As sealed, compared ${<RelativeTime at={at()} />}`}</span>
          </span>
        )}
      </Show>
      <Show when={props.state.head}>
        {(head) => (
          <span>
            {rich`Signed ${<RelativeTime at={head().signedAt} />}`}
            {props.state.exportedAt ? t(', kept elsewhere') : ''}
          </span>
        )}
      </Show>
    </p>
  );
}

type Problem = AuditState['check']['problems'][number];

function Problems(props: { problems: readonly Problem[] }) {
  const can = useCan();
  const [chosen, setChosen] = createSignal<readonly Problem[] | null>(null);
  return (
    <div role="alert" class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2">
      <p class="flex items-center gap-1.5 font-medium text-failed">
        <TriangleAlert size={14} aria-hidden="true" />
        {t('The audit trail is not as it was sealed')}
      </p>
      <ul class="mt-1">
        <For each={props.problems}>
          {(problem) => (
            <li class="flex flex-wrap items-center gap-x-3">
              <span>
                {rich`${() => problemWords(problem)}, found ${<RelativeTime at={problem.foundAt} />}`}
              </span>
              <Show when={can('audit.write') && props.problems.length > 1}>
                <Button
                  variant="quiet"
                  aria-label={t`Acknowledge that ${problemWords(problem).replace(/^./, (letter) => letter.toLowerCase())}`}
                  onClick={() => setChosen([problem])}
                >
                  {t('Acknowledge')}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <p class="mt-1">
        {t(
          'Someone with access to the database did this, or it was restored to an earlier state. Export the trail, check it against the heads that were kept elsewhere, and tell the people who run this deployment.',
        )}
      </p>
      <Show when={can('audit.write')}>
        <Button class="mt-2" icon={Check} onClick={() => setChosen(props.problems)}>
          {counted(props.problems.length, 'Acknowledge|Acknowledge all {0}')}
        </Button>
      </Show>
      <Show when={chosen()}>
        {(problems) => <AcknowledgeDialog problems={problems()} onClose={() => setChosen(null)} />}
      </Show>
    </div>
  );
}

function AcknowledgeDialog(props: { problems: readonly Problem[]; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = createSignal('');
  // The list behind the dialog is read again meanwhile.
  const problems = props.problems.map(({ kind, block, eventId }) => ({ kind, block, eventId }));
  return (
    <FormDialog
      title={counted(problems.length, 'Acknowledge this finding?|Acknowledge {0} findings?')}
      description={t(
        'The warning ends; the findings stay listed with your reason. What is found later is shown again.',
      )}
      verb={t('Acknowledge')}
      failed={t('Nothing was acknowledged.')}
      ready={reason().trim() !== ''}
      onClose={props.onClose}
      send={async () => {
        const next = await api.audit.acknowledge.mutate({ problems, reason: reason().trim() });
        client.setQueryData(queries.audit.head().queryKey, next);
        props.onClose();
      }}
    >
      {(issueAt) => (
        <TextInput
          label={t('What you found out')}
          required
          error={issueAt('/reason')}
          rows={3}
          maxLength={1000}
          value={reason()}
          onInput={setReason}
        />
      )}
    </FormDialog>
  );
}

/** What someone has looked into, on demand. */
function Acknowledged(props: { problems: readonly Problem[] }) {
  return (
    <details class="text-muted">
      <summary class="cursor-pointer">
        {counted(props.problems.length, '1 acknowledged finding|{0} acknowledged findings')}
      </summary>
      <ul class="mt-1 flex flex-col gap-1 pl-4">
        <For each={props.problems}>
          {(problem) => (
            <li>
              {rich`${() => problemWords(problem)}, found ${<RelativeTime at={problem.foundAt} />}`}
              <span class="block break-words">
                {rich`Acknowledged by ${() => problem.acknowledged?.by.name} ${<RelativeTime at={problem.acknowledged?.at ?? null} />}: ${() => problem.acknowledged?.reason}`}
              </span>
            </li>
          )}
        </For>
      </ul>
    </details>
  );
}
