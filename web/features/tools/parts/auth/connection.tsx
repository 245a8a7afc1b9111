import { createSignal, Show } from 'solid-js';
import type { Connection } from '../../../../../shared/tools/auth/oauth2-authorization-code/connection.ts';
import { useCan } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../../kit/status.tsx';
import { createSubmission } from '../../../../kit/submission.ts';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { Line } from '../lines.tsx';
import type { Tool } from '../tool-words.ts';

const looks: Record<Connection['status'], { kind: StatusKind; word: string }> = {
  connected: { kind: 'succeeded', word: t('Connected') },
  not_connected: { kind: 'waiting', word: t('Not connected') },
  reconnect: { kind: 'failed', word: t('Reconnect') },
};

/** The words of a connection, whose status is shown before them. */
const withoutStatus = (words: string): string => words.replace(/^(?:Not connected|Reconnect)[.:] /, '');

/** The sign-in of a person behind an auth, and how to connect it; nothing for auth of other kinds. */
export function ConnectionLine(props: { auth: Tool['auth'] }) {
  const can = useCan();
  const credentialId = () =>
    props.auth.type === 'oauth2_authorization_code' && can('tools.write')
      ? props.auth.credentialId
      : undefined;
  return (
    <Show when={credentialId()} keyed>
      {(id) => (
        <Line label={t('Sign-in')}>
          <SignIn credentialId={id} />
        </Line>
      )}
    </Show>
  );
}

function SignIn(props: { credentialId: string }) {
  const query = useQuery(() => queries.connections.get({ id: props.credentialId }));
  const connection = () => (query.isSuccess ? query.data : undefined);
  const [leaving, setLeaving] = createSignal(false);
  const connect = createSubmission(async () => {
    const returnTo = location.pathname;
    const { url } = await api.connections.connect.mutate({ id: props.credentialId, returnTo });
    setLeaving(true);
    location.assign(url);
  });
  return (
    <Show when={connection()} fallback={<span class="text-muted">…</span>}>
      {(known) => (
        <div class="flex flex-col items-start gap-2">
          <p>
            <Status {...looks[known().status]} />
            <span class="text-muted">
              <Show
                when={known().status === 'connected' ? known() : undefined}
                fallback={`. ${withoutStatus(said(known().words))}`}
              >
                {(connected) => (
                  <>
                    {' '}
                    {rich`by ${() => connected().connectedBy?.name}, ${<RelativeTime at={connected().connectedAt ?? ''} />}`}
                    {connected().renewable ? t(', renewed without anyone') : t(', without a refresh token')}
                  </>
                )}
              </Show>
            </span>
          </p>
          <Button
            variant={known().status === 'connected' ? 'plain' : 'primary'}
            busy={connect.busy() || leaving()}
            onClick={() => void connect.submit()}
          >
            {known().status === 'not_connected' ? t('Connect') : t('Connect again')}
          </Button>
          <FailureNote failed={t('The sign-in was not begun.')} error={connect.error()} />
        </div>
      )}
    </Show>
  );
}
