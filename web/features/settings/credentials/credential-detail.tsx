import { useQueryClient } from '@tanstack/solid-query';
import { Archive, KeyRound, Pencil, RotateCw, Zap } from 'lucide-solid';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { Button } from '../../../kit/button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime, useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { CredentialAccesses } from './credential-accesses.tsx';
import { CredentialUses } from './credential-uses.tsx';
import { CredentialVersions } from './credential-versions.tsx';
import { type Credential, expiryStatus, healthStatus, kindWord } from './credential-words.ts';
import { EditDialog } from './edit-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

type Open = 'test' | 'rotate' | 'edit' | 'archive';

export function CredentialDetail(props: { credential: Credential; back: JSX.Element }) {
  const client = useQueryClient();
  const can = useCan();
  const now = useNow();
  const [open, setOpen] = createSignal<Open>();
  const close = () => setOpen(undefined);
  const inVault = () => props.credential.variable === null;
  /** What is done with its value: the first one is entered, later ones replace it. */
  const change = () => (props.credential.hasValue ? t('Rotate') : t('Enter value'));
  const changed = async (words: string) => {
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'credentials') });
    toast(words);
    close();
  };
  useTitle(() => props.credential.name);
  useActions(() =>
    can('credentials.write')
      ? [
          ...(props.credential.hasValue
            ? [
                {
                  id: 'credential:test',
                  label: t('Test'),
                  keys: 't',
                  group: 'Page' as const,
                  run: () => setOpen('test'),
                },
              ]
            : []),
          { id: 'credential:edit', label: t('Edit'), keys: 'e', group: 'Page', run: () => setOpen('edit') },
          ...(inVault()
            ? [
                {
                  id: 'credential:rotate',
                  label: change(),
                  group: 'Page' as const,
                  run: () => setOpen('rotate'),
                },
              ]
            : []),
          { id: 'credential:archive', label: t('Archive'), group: 'Page', run: () => setOpen('archive') },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        title={props.credential.name}
        back={props.back}
        aside={
          <>
            <Status {...healthStatus(props.credential)} />
            <Show when={expiryStatus(props.credential, now())}>{(status) => <Status {...status()} />}</Show>
          </>
        }
        actions={
          <Show when={can('credentials.write')}>
            <div class="flex flex-wrap items-center justify-end gap-2">
              <Button variant="quiet" icon={Archive} onClick={() => setOpen('archive')}>
                {t('Archive')}
              </Button>
              <Button icon={Pencil} keys="e" onClick={() => setOpen('edit')}>
                {t('Edit')}
              </Button>
              <Show when={inVault()}>
                <Button
                  variant={props.credential.hasValue ? undefined : 'primary'}
                  icon={props.credential.hasValue ? RotateCw : KeyRound}
                  onClick={() => setOpen('rotate')}
                >
                  {change()}
                </Button>
              </Show>
              <Show when={props.credential.hasValue}>
                <Button variant="primary" icon={Zap} keys="t" onClick={() => setOpen('test')}>
                  {t('Test')}
                </Button>
              </Show>
            </div>
          </Show>
        }
      />
      <DetailBody facts={<CredentialFacts credential={props.credential} />}>
        <Section title={t('Health')}>
          <Show when={props.credential.refused}>
            {(refused) => (
              <p class="pb-2">
                {t('The provider refuses calls with this credential')}
                {rich`${() => (refused().httpStatus === null ? '' : t` (HTTP ${refused().httpStatus})`)}, first ${<RelativeTime at={refused().since} />}. The first call that it accepts ends this. Rotate the credential, or check what it may do at the provider.`}
              </p>
            )}
          </Show>
          <Show
            when={props.credential.health}
            fallback={
              <p class="text-muted">
                {props.credential.hasValue
                  ? t(
                      'Not tested. A test calls an endpoint of the provider with the credential, and shows whether it is accepted.',
                    )
                  : t(
                      'It was created by files, which hold no secrets. Calls with it are refused until its value is entered.',
                    )}
              </p>
            }
          >
            {(health) => (
              <p class="break-words">
                {said(health().message)}{' '}
                <span class="text-muted">
                  <RelativeTime at={health().checkedAt} />
                  <Show when={props.credential.test}>
                    {(test) => (
                      <>
                        , {test().method} <code class="break-all font-mono text-sm">{test().url}</code>
                      </>
                    )}
                  </Show>
                </span>
              </p>
            )}
          </Show>
          <Show when={props.credential.previous}>
            {(previous) => (
              <p class="pt-2 text-muted">{rich`A rotation overlaps: version ${() => previous().version} is tried when the provider refuses the current value with 401. It ends ${<RelativeTime at={previous().until} />}; then version ${() => previous().version} is erased.`}</p>
            )}
          </Show>
        </Section>
        <CredentialUses id={props.credential.id} />
        <BelowLoading>
          <CredentialAccesses id={props.credential.id} />
          <Show when={props.credential.hasValue}>
            <CredentialVersions id={props.credential.id} />
          </Show>
        </BelowLoading>
      </DetailBody>
      <Switch>
        <Match when={open() === 'test'}>
          <TestDialog credential={props.credential} onDone={changed} onClose={close} />
        </Match>
        <Match when={open() === 'rotate'}>
          <RotateDialog credential={props.credential} onDone={changed} onClose={close} />
        </Match>
        <Match when={open() === 'edit'}>
          <EditDialog credential={props.credential} onDone={changed} onClose={close} />
        </Match>
      </Switch>
      <ArchiveDialog
        open={open() === 'archive'}
        title={props.credential.name}
        name={props.credential.name}
        id={props.credential.id}
        router="credentials"
        list={{
          to: '/t/$tenant/settings/$section',
          params: { tenant: tenantSlug(), section: 'credentials' },
        }}
        archive={(row) =>
          api.credentials.archive.mutate({ ...row, ifMatch: entityTag(props.credential.revision) })
        }
        onArchived={(name) => toast(t`${name} archived`)}
        onClose={close}
      >
        {t(
          'Its values are erased, and no tool can use it any more. A credential that is in use cannot be archived.',
        )}
      </ArchiveDialog>
    </>
  );
}

const orAll = (values: string[] | null, every: string) => values?.join(', ') ?? every;

const CredentialFacts = (props: { credential: Credential }) => (
  <Facts>
    <Fact label={t('Kind')}>{kindWord(props.credential.type)}</Fact>
    <Fact label={t('ID')}>
      <IdChip id={props.credential.id} label={t('Copy credential ID')} />
    </Fact>
    <Show when={props.credential.scope === 'global'}>
      <Fact label={t('Scope')}>{t('Global: for tools of all organizations')}</Fact>
    </Show>
    <Show when={props.credential.variable}>
      {(variable) => (
        <Fact label={t('Value')}>
          {rich`In the variable ${<code class="break-all font-mono text-sm">{variable().name}</code>}`}
          {variable().set ? t(', which is set') : t(', which is not set in this process: calls fail')}
        </Fact>
      )}
    </Show>
    <Fact label={t('May be sent to')}>
      <span class="break-all font-mono text-sm">{props.credential.allowedHosts.join(', ')}</span>
    </Fact>
    <Fact label={t('Methods')}>{orAll(props.credential.methods, t('Every method'))}</Fact>
    <Fact label={t('Paths')}>{orAll(props.credential.pathPrefixes, t('Every path'))}</Fact>
    <Fact label={t('Expires')}>
      <RelativeTime at={props.credential.expiresAt} none={t('No expiry')} />
    </Fact>
    <Show when={props.credential.note}>
      <Fact label={t('Note')}>
        <span class="whitespace-pre-line">{props.credential.note}</span>
      </Fact>
    </Show>
    <Fact label={t('Last used')}>
      <RelativeTime at={props.credential.lastUsedAt} none={t('Never')} />
    </Fact>
    <Fact label={t('Changed')}>
      {rich`${<RelativeTime at={props.credential.updatedAt} />} by ${() => props.credential.updatedBy.name}`}
    </Fact>
    <Fact label={t('Created')}>
      {rich`${<RelativeTime at={props.credential.createdAt} />} by ${() => props.credential.createdBy.name}`}
    </Fact>
  </Facts>
);
