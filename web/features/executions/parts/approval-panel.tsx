import { useQueryClient } from '@tanstack/solid-query';
import { Check, X } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { createArming } from '../../../kit/arming.ts';
import { Button } from '../../../kit/button.tsx';
import { Due } from '../../../kit/due.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { Heading } from '../../../kit/heading.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { RequestView } from '../../tools/parts/request-view.tsx';
import { approvalWords } from './approval-words.ts';
import { ChangeVote } from './change-vote.tsx';
import type { Execution } from './execution-words.ts';

type Approval = NonNullable<Execution['approval']>;

/** What people approve, what they said, and the two decisions for those who may. */
export function ApprovalPanel(props: {
  execution: Execution;
  approval: Approval;
  /** The person acts on it: the page keeps it on screen. */
  onAct?: () => void;
}) {
  const approval = () => props.approval;
  const isWaiting = () => approval().status === 'waiting';
  return (
    <section aria-label={t('Approval')} class="flex flex-col gap-3">
      <div class="flex flex-col gap-1">
        <p class="font-medium">{said(approval().reason)}</p>
        <p class="flex flex-wrap gap-x-3 text-muted text-sm">
          <span>{approvalWords(approval())}</span>
          <span>
            {rich`asked by ${() => props.execution.actor.name} ${<RelativeTime at={props.execution.createdAt} />}`}
          </span>
          <Show when={isWaiting()}>
            <span>{rich`expires ${<Due at={approval().expiresAt} />}`}</span>
          </Show>
        </p>
      </div>
      <Votes approval={approval()} />
      <section
        aria-label={t`Request of ${props.execution.toolTitle}`}
        class="flex flex-col gap-1.5 rounded-md border px-3 py-2"
      >
        <Heading class="label-caps">{isWaiting() ? t('Sent when it is approved') : t('Request')}</Heading>
        <RequestView preview={approval().request} />
      </section>
      <Show when={isWaiting()}>
        <Show
          when={approval().mayDecide}
          fallback={
            <p class="rounded-md border bg-sunken px-3 py-2" role="status">
              {approval().mayNot ?? t('You cannot decide this now.')}
            </p>
          }
        >
          <Decide execution={props.execution} onAct={() => props.onAct?.()} />
        </Show>
        <Show when={approval().mayChange}>
          <Change execution={props.execution} onAct={() => props.onAct?.()} />
        </Show>
      </Show>
    </section>
  );
}

function Votes(props: { approval: Approval }) {
  return (
    <Show when={props.approval.votes.length > 0}>
      <ul aria-label={t('Votes')} class="flex flex-col gap-1">
        <For each={props.approval.votes}>
          {(vote) => (
            <li>
              {rich`${(
                <span
                  classList={{
                    'text-succeeded': vote.outcome === 'approved',
                    'text-failed': vote.outcome === 'rejected',
                  }}
                >
                  {vote.outcome === 'approved' ? t('Approved') : t('Rejected')}
                </span>
              )} by ${<span class="font-medium">{vote.by.name}</span>}, ${<RelativeTime at={vote.at} />}`}
              <Show when={vote.reason}>
                {(reason) => (
                  <span class="mt-0.5 block break-words border-line-strong border-l-2 pl-3 text-muted">
                    {reason()}
                  </span>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** Shows what an execution has become after a decision. */
function useShown(execution: () => Execution): (next: Execution) => void {
  const client = useQueryClient();
  return (next) => {
    client.setQueryData(queries.executions.get({ id: execution().id }).queryKey, next);
    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inbox') });
  };
}

const rejects = t('The execution ends and nothing is sent. Who asked sees your reason.');

function Change(props: { execution: Execution; onAct: () => void }) {
  const show = useShown(() => props.execution);
  const id = () => props.execution.id;
  return (
    <ChangeVote
      title={props.execution.toolTitle}
      content={JSON.stringify(props.execution.approval)}
      rejects={rejects}
      onReject={async (reason) => show(await api.executions.reject.mutate({ id: id(), reason }))}
      onWithdraw={async (reason) => show(await api.executions.withdraw.mutate({ id: id(), reason }))}
      onAct={props.onAct}
    />
  );
}

/** Approve and reject: each is sent once, when the request has been on screen long enough to be read. */
function Decide(props: { execution: Execution; onAct: () => void }) {
  const client = useQueryClient();
  const [asking, setAsking] = createSignal(false);
  const armed = createArming(() => JSON.stringify(props.execution.approval));
  const own = queries.executions.get({ id: props.execution.id }).queryKey;
  const show = useShown(() => props.execution);
  const { busy, error, submit } = createSubmission(async () => {
    props.onAct();
    try {
      show(await api.executions.approve.mutate({ id: props.execution.id }));
    } catch (failure) {
      // Someone was faster, or the tool was changed: show what it is now, beside the reason.
      void client.invalidateQueries({ queryKey: own });
      throw failure;
    }
  });
  const approve = () => {
    if (armed() && !asking()) void submit();
  };
  const reject = () => {
    if (!armed()) return;
    props.onAct();
    setAsking(true);
  };
  useActions(() => [
    { id: 'approval:approve', label: t('Approve'), keys: 'a', group: 'Page', run: approve },
    { id: 'approval:reject', label: t('Reject'), keys: 'r', group: 'Page', run: reject },
  ]);
  return (
    <>
      <FailureNote failed={t('The approval was not counted.')} error={error()} />
      <div class="flex flex-wrap items-center gap-2">
        <Button variant="primary" icon={Check} keys="a" busy={busy()} armed={armed()} onClick={approve}>
          {t('Approve')}
        </Button>
        <Button icon={X} keys="r" disabled={busy()} armed={armed()} onClick={reject}>
          {t('Reject')}
        </Button>
      </div>
      <Show when={asking()}>
        <RejectDialog execution={props.execution} onDone={show} onClose={() => setAsking(false)} />
      </Show>
    </>
  );
}

function RejectDialog(props: {
  execution: Execution;
  onDone: (next: Execution) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = createSignal('');
  return (
    <FormDialog
      title={t`Reject ${props.execution.toolTitle}?`}
      description={rejects}
      verb={t('Reject')}
      danger
      failed={t('The execution was not rejected.')}
      ready={reason().trim() !== ''}
      onClose={props.onClose}
      send={async () => {
        props.onDone(await api.executions.reject.mutate({ id: props.execution.id, reason: reason().trim() }));
        props.onClose();
      }}
    >
      {(issueAt) => (
        <TextInput
          label={t('Reason')}
          required
          error={issueAt('/reason')}
          rows={3}
          maxLength={2000}
          value={reason()}
          onInput={setReason}
        />
      )}
    </FormDialog>
  );
}
