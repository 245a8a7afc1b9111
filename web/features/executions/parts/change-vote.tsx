import { Undo2, X } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { createArming } from '../../../kit/arming.ts';
import { Button } from '../../../kit/button.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';

/** For who has approved something that still waits for others: reject it after all, or withdraw the approval. */
export function ChangeVote(props: {
  /** "Refund a payment" */
  title: string;
  /** What is on screen: nothing is decided before it could be read. */
  content: string;
  /** What a rejection does, in a sentence. */
  rejects: string;
  onReject: (reason: string) => Promise<unknown>;
  onWithdraw: (reason: string | undefined) => Promise<unknown>;
  onAct: () => void;
}) {
  const [asking, setAsking] = createSignal<'reject' | 'withdraw' | null>(null);
  const [reason, setReason] = createSignal('');
  const armed = createArming(() => props.content);
  const ask = (what: 'reject' | 'withdraw') => {
    if (!armed() || asking()) return;
    props.onAct();
    setReason('');
    setAsking(what);
  };
  const close = () => setAsking(null);
  const written = () => reason().trim();
  useActions(() => [
    {
      id: 'approval:withdraw',
      label: t('Withdraw your approval'),
      group: 'Page',
      run: () => ask('withdraw'),
    },
    { id: 'approval:reject', label: t('Reject'), keys: 'r', group: 'Page', run: () => ask('reject') },
  ]);
  return (
    <div class="flex flex-wrap items-center gap-2">
      <Button icon={Undo2} armed={armed()} onClick={() => ask('withdraw')}>
        {t('Withdraw approval')}
      </Button>
      <Button icon={X} keys="r" armed={armed()} onClick={() => ask('reject')}>
        {t('Reject')}
      </Button>
      <Show when={asking()} keyed>
        {(what) => {
          const rejects = what === 'reject';
          return (
            <FormDialog
              title={rejects ? t`Reject ${props.title}?` : t`Withdraw your approval of ${props.title}?`}
              description={
                rejects
                  ? props.rejects
                  : t('It no longer counts, and you may decide again. The log keeps that you had approved.')
              }
              verb={rejects ? t('Reject') : t('Withdraw')}
              danger={rejects}
              failed={rejects ? t('It was not rejected.') : t('Your approval was not withdrawn.')}
              ready={!rejects || written() !== ''}
              onClose={close}
              send={async () => {
                await (rejects ? props.onReject(written()) : props.onWithdraw(written() || undefined));
                close();
              }}
            >
              {(issueAt) => (
                <TextInput
                  label={t('Reason')}
                  required={rejects}
                  error={issueAt('/reason')}
                  rows={3}
                  maxLength={2000}
                  value={reason()}
                  onInput={setReason}
                />
              )}
            </FormDialog>
          );
        }}
      </Show>
    </div>
  );
}
