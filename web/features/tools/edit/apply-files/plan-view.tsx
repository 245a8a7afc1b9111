import { Link } from '@tanstack/solid-router';
import { createSignal, For, Show } from 'solid-js';
import type { FileChange, FilesPlan, MissingCredential } from '../../../../../shared/files/file-schemas.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { Button } from '../../../../kit/button.tsx';
import { Diff } from '../../../../kit/diff/diff.tsx';
import { said } from '../../../../words/said.ts';
import { counted, t } from '../../../../words/words.ts';

const words = { create: t('New'), update: t('Changed'), archive: t('Archived') } as const;
const isChange = (change: FileChange): change is FileChange & { action: keyof typeof words } =>
  change.action in words;

/** What applying files would change and break, and what is in the way. */
export function PlanView(props: { plan: FilesPlan; prune: boolean; onPrune: (on: boolean) => void }) {
  const changes = () => props.plan.changes.filter(isChange);
  const count = (action: FileChange['action']) =>
    props.plan.changes.filter((change) => change.action === action).length;
  const left = () => count('not_in_files');
  return (
    <>
      <Show when={changes().length > 0}>
        <p>
          {t`${count('create')} new, ${count('update')} changed, ${count('archive')} archived, ${count('unchanged')} as they are.`}
        </p>
      </Show>
      <Show when={changes().length + props.plan.problems.length === 0}>
        <p>{t('The organization is as the files say. There is nothing to apply.')}</p>
      </Show>
      <Show when={props.plan.problems.length > 0}>
        <section aria-label={t('Problems')}>
          <p class="font-medium text-failed">{t('Nothing can be applied before this is fixed:')}</p>
          <ul class="list-disc pl-5">
            <For each={props.plan.problems}>
              {(problem) => (
                <li class="break-words">
                  <code class="break-all font-mono text-sm">
                    {problem.file}:{problem.line}
                  </code>{' '}
                  {said(problem.message)}
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={changes().length > 0}>
        <section aria-label={t('Changes')}>
          <ul class="border-t">
            <For each={changes()}>{(change) => <ChangeRow change={change} />}</For>
          </ul>
        </section>
      </Show>
      <Show when={left() > 0 || props.prune}>
        <label class="flex items-start gap-2.5">
          <input
            type="checkbox"
            class="mt-1"
            checked={props.prune}
            onChange={(event) => props.onPrune(event.currentTarget.checked)}
          />
          <span>
            {t('Archive what the organization has and the files do not')}
            <span class="block text-muted">
              {props.prune
                ? t('Domains stay, and nothing is archived that something else still needs.')
                : counted(
                    left(),
                    '{0} definition is not in the files, and stays.|{0} definitions are not in the files, and stay.',
                  )}
            </span>
          </span>
        </label>
      </Show>
      <MissingCredentials credentials={props.plan.credentials} />
    </>
  );
}

function ChangeRow(props: { change: FileChange & { action: keyof typeof words } }) {
  const [open, setOpen] = createSignal(false);
  const breaking = () => props.change.changes.filter(({ impact }) => impact === 'breaking');
  return (
    <li class="border-b py-1.5">
      <div class="flex items-center gap-2.5">
        <span class="min-w-0 flex-1">
          <span class="inline-block w-20 font-medium">{words[props.change.action]}</span>
          <code class="break-all font-mono text-sm">{props.change.file}</code>
          <Show when={props.change.breaking}>
            <span class="pl-2 font-medium text-failed">{t('May break those who use it')}</span>
          </Show>
        </span>
        <Show when={props.change.after !== null}>
          <Button
            variant="quiet"
            aria-expanded={open()}
            aria-label={open() ? t`Hide ${props.change.file}` : t`Show ${props.change.file}`}
            onClick={() => setOpen(!open())}
          >
            {open() ? t('Hide') : t('Show')}
          </Button>
        </Show>
      </div>
      <Show when={breaking().length + props.change.affects.length > 0}>
        <ul class="list-disc pl-5 text-muted text-sm">
          <For each={breaking()}>
            {({ path, message }) => (
              <li class="break-words">
                <code class="font-mono">{path}</code> {message}
              </li>
            )}
          </For>
          <For each={props.change.affects}>
            {({ kind, name, message }) => (
              <li class="break-words">
                {affected[kind]} <code class="break-all font-mono">{name}</code>: {message}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={open()}>
        <Diff
          before={(props.change.before ?? '').trimEnd()}
          after={(props.change.after ?? '').trimEnd()}
          label={props.change.file}
        />
      </Show>
    </li>
  );
}

const affected = {
  tool: t('Tool'),
  playbook: t('Playbook'),
  run: t('A step that waits in run'),
  input: t('The input of execution'),
} as const;

/** Credentials that the files name and no one has entered yet. */
export function MissingCredentials(props: { credentials: readonly MissingCredential[] }) {
  return (
    <Show when={props.credentials.length > 0}>
      <section aria-label={t('Credentials')}>
        <p>{t('Without a value yet. Calls with them are refused until someone enters it:')}</p>
        <ul class="list-disc pl-5">
          <For each={props.credentials}>
            {(credential) => (
              <li class="break-words">
                <Show when={credential.id} fallback={<span class="font-medium">{credential.name}</span>}>
                  {(id) => (
                    <Link
                      to="/t/$tenant/settings/credentials/$credentialId"
                      params={{ tenant: tenantSlug(), credentialId: id() }}
                      class="text-accent underline underline-offset-2 hover:text-accent-hover"
                    >
                      {credential.name}
                    </Link>
                  )}
                </Show>{' '}
                <span class="text-muted">
                  {t`for ${credential.hosts.join(', ')}, used by ${credential.usedBy.join(', ')}`}
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
