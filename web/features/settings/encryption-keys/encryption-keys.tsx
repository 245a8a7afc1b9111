import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';

type Keys = Outputs['settings']['encryptionKeys'];

/** The keys of the vault: which one seals, and how far the secrets of the others have been sealed again. */
export function EncryptionKeys() {
  const query = useQuery(() => ({
    ...queries.settings.encryptionKeys(),
    refetchInterval: (keys: { state: { data?: Keys | undefined } }) =>
      keys.state.data?.left ? 3_000 : 30_000,
  }));
  return (
    <div class="flex flex-col items-start gap-4">
      <p class="max-w-[68ch] text-muted">
        {t(
          'The first key of the settings seals every new secret. What other keys have sealed is sealed again in the background. A key can be removed from the settings when no secret is left under it.',
        )}
      </p>
      <QueryView query={query} what={t('The keys could not be loaded')}>
        {(keys) => (
          <>
            <Unwrapped keys={keys()} />
            <Progress keys={keys()} />
            <table
              aria-label={t('Encryption keys')}
              class="w-full table-fixed border-separate border-spacing-0"
            >
              <thead>
                <tr>
                  <ColumnHeader>{t('Key')}</ColumnHeader>
                  <ColumnHeader class="w-48">{t('State')}</ColumnHeader>
                  <ColumnHeader class="w-24 text-right">{t('Secrets')}</ColumnHeader>
                </tr>
              </thead>
              <tbody>
                <For each={keys().items}>
                  {(key) => (
                    <tr>
                      <td class="border-b py-2 pr-3">
                        <span class="flex min-w-0 items-center gap-1">
                          <code class="truncate font-mono text-sm" title={key.id}>
                            {key.id}
                          </code>
                          <CopyButton text={key.id} label={t`Copy the name of the key ${key.id}`} />
                        </span>
                        <Show when={key.kmsKey}>
                          {(arn) => (
                            <span class="block break-all text-muted text-sm">{rich`wrapped by ${arn}`}</span>
                          )}
                        </Show>
                      </td>
                      <td class="border-b py-2 pr-3">
                        <Status {...stateOf(key)} />
                      </td>
                      <td class="border-b py-2 text-right tabular-nums">{key.secrets}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </>
        )}
      </QueryView>
    </div>
  );
}

/** Said while KMS does not unwrap the keys: what goes on, until when, and what to do. */
const Unwrapped = (props: { keys: Keys }) => (
  <Show when={props.keys.unwrapped?.problem}>
    {(problem) => (
      <div
        role="alert"
        class="flex max-w-[68ch] flex-col gap-1 rounded-md border border-failed/25 bg-failed-soft px-3 py-2"
      >
        <p>{rich`AWS KMS does not unwrap the keys. Calls go on with those in memory, last unwrapped ${<RelativeTime at={props.keys.unwrapped!.since} />}. They are given up ${<RelativeTime at={props.keys.unwrapped!.until} />}: then every call that needs a secret is refused.`}</p>
        <p class="break-words text-muted text-sm">{said(problem())}</p>
      </div>
    )}
  </Show>
);

function Progress(props: { keys: Keys }) {
  return (
    <Show
      when={props.keys.left > 0}
      fallback={<p>{t`Every secret is under the key that seals (${props.keys.total}).`}</p>}
    >
      <div class="flex w-full max-w-120 flex-col gap-1">
        <label for="rewrap-progress">
          {rich`${() => props.keys.done} of ${() => props.keys.total} secrets are under the key that seals, ${() => props.keys.left} left.`}
        </label>
        <progress
          id="rewrap-progress"
          class="h-2 w-full accent-accent-fill"
          max={props.keys.total}
          value={props.keys.done}
        />
      </div>
    </Show>
  );
}

function stateOf({ seals, inRing, secrets }: Keys['items'][number]) {
  if (seals) return { kind: 'succeeded', word: t('Seals') } as const;
  if (!inRing) return { kind: 'failed', word: t('Missing') } as const;
  return secrets > 0
    ? ({ kind: 'running', word: t('Still needed') } as const)
    : ({ kind: 'pending', word: t('Can be removed') } as const);
}
