import { Key } from '@solid-primitives/keyed';
import { createSignal, Show } from 'solid-js';
import type { AppScope } from '../../../../shared/identity/app-scopes.ts';
import type { ConnectedAppView } from '../../../../shared/people/app-schemas.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';

/** What an app may do, in words. */
export const scopeWords: Record<AppScope, { title: string; help: string; short: string }> = {
  'tools.read': {
    title: t('Read'),
    help: t('Tools, executions, exceptions and playbooks.'),
    short: t('reads'),
  },
  'tools.execute': {
    title: t('Execute tools'),
    help: t('Calls tools, follows their executions, and cancels them.'),
    short: t('executes tools'),
  },
};

const nameOf = ({ name }: ConnectedAppView): string => name ?? t('An app without a name');

/** Apps that act for people. Each can be ended. */
export function AppList(props: {
  apps: ConnectedAppView[];
  /** For whom each acts. */
  people?: boolean;
  mayEnd: boolean;
  none: string;
  onEnd: (app: ConnectedAppView) => Promise<void>;
}) {
  const [ending, setEnding] = createSignal<ConnectedAppView>();
  return (
    <>
      <Show when={props.apps.length > 0} fallback={<p class="text-muted">{props.none}</p>}>
        <ul class="w-full">
          <Key each={props.apps} by="id">
            {(app) => (
              <li class="flex items-center gap-3 border-b py-1.5">
                <div class="min-w-0 flex-1">
                  <p class="break-words font-medium">{nameOf(app())}</p>
                  <p class="text-muted text-sm">
                    <Show when={props.people}>{t`for ${app().person.name} ·`} </Show>
                    {t`${app()
                      .scopes.map((scope) => scopeWords[scope].short)
                      .join(', ')} · let in at ${app().host}`}
                  </p>
                  <p class="text-muted text-sm">
                    {rich`last used ${<RelativeTime at={app().lastUsedAt} none="never" />}`}
                    <Show when={app().lastAddress}>{(address) => <> {rich`from ${address}`}</>}</Show>{' '}
                    {rich`· since ${<RelativeTime at={app().createdAt} />}`}
                  </p>
                </div>
                <Show when={props.mayEnd}>
                  <Button
                    variant="danger"
                    aria-label={t`Disconnect ${nameOf(app())}`}
                    onClick={() => setEnding(app())}
                  >
                    {t('Disconnect')}
                  </Button>
                </Show>
              </li>
            )}
          </Key>
        </ul>
      </Show>
      <Show when={ending()} keyed>
        {(app) => (
          <ActionDialog
            open
            title={t`Disconnect ${nameOf(app)}?`}
            verb={t('Disconnect')}
            danger
            failed={t('The app was not disconnected.')}
            onConfirm={() => props.onEnd(app)}
            onClose={() => setEnding(undefined)}
          >
            {t(
              'It stops working within ten seconds. Calls that it has made go on. To come back, it has to ask again.',
            )}
          </ActionDialog>
        )}
      </Show>
    </>
  );
}
