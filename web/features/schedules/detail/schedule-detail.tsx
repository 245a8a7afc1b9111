import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate } from '@tanstack/solid-router';
import { Pause, Pencil, Play } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { durationWords } from '../../../../shared/schedules/spec-words.ts';
import { useCan } from '../../../api/me.ts';
import { api, queries } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { CodeBlock } from '../../../kit/code-block.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { ArchivedBanner } from '../../archived/parts/archived-notice.tsx';
import { NextTimes } from '../parts/next-times.tsx';
import { kindWords, overlapWords, type Schedule, scheduleShown } from '../parts/schedule-words.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { BackfillDialog } from './backfill-dialog.tsx';
import { RunsTable } from './runs-table.tsx';

type Asking = 'run' | 'backfill' | 'assign' | 'archive';

/** One schedule, and what can be done about it. */
export function ScheduleDetail(props: { schedule: Schedule; tenant: string; back: JSX.Element }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const schedule = () => props.schedule;
  const [busy, setBusy] = createSignal(false);
  const [asking, setAsking] = createSignal<Asking | null>(null);
  // One click of "Run now" is one run, however often it is sent.
  const [runKey, setRunKey] = createSignal('');
  const writes = () => can('schedules.write') && schedule().status !== 'archived';
  const owns = () => writes() && schedule().mine;
  const close = () => setAsking(null);

  async function control(what: 'pause' | 'resume'): Promise<void> {
    if (busy()) return;
    setBusy(true);
    const { id } = schedule();
    try {
      const next = await api.schedules[what].mutate({ id });
      client.setQueryData(queries.schedules.get({ id }).queryKey, next);
    } catch (error) {
      toastError(
        what === 'pause' ? t('The schedule was not paused') : t('The schedule was not resumed'),
        error,
      );
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <PageHeader
        title={schedule().title}
        back={props.back}
        aside={<Status {...scheduleShown[schedule().status]} />}
        actions={
          <>
            <Show when={writes()}>
              <Button
                onClick={() => {
                  setRunKey(`page/${crypto.randomUUID()}`);
                  setAsking('run');
                }}
              >
                {t('Run now')}
              </Button>
            </Show>
            <Show when={owns() && schedule().status === 'active'}>
              <Button onClick={() => setAsking('backfill')}>{t('Make up for times')}</Button>
            </Show>
            <Show when={can('schedules.assign') && writes()}>
              <Button onClick={() => setAsking('assign')}>{t('Change owner')}</Button>
            </Show>
            <Show when={writes() && (schedule().mine || can('schedules.assign'))}>
              <Button onClick={() => setAsking('archive')}>{t('Archive')}</Button>
            </Show>
            <Show when={owns()}>
              <Button
                icon={Pencil}
                onClick={() =>
                  void navigate({
                    to: '/t/$tenant/schedules/$scheduleId/edit',
                    params: { tenant: props.tenant, scheduleId: schedule().id },
                  })
                }
              >
                {t('Edit')}
              </Button>
            </Show>
            <Show when={writes() && schedule().status === 'active'}>
              <Button icon={Pause} busy={busy()} onClick={() => void control('pause')}>
                {t('Pause')}
              </Button>
            </Show>
            <Show when={owns() && schedule().status === 'paused'}>
              <Button variant="primary" icon={Play} busy={busy()} onClick={() => void control('resume')}>
                {t('Resume')}
              </Button>
            </Show>
          </>
        }
      />
      <Show when={schedule().status === 'archived'}>
        <ArchivedBanner type="schedule" id={schedule().id} />
      </Show>
      <DetailBody facts={<ScheduleFacts schedule={schedule()} />}>
        <div class="flex flex-col gap-2 px-6 max-sm:px-4 pt-4">
          <p class="font-medium">{said(schedule().words)}</p>
          <Show when={schedule().reason}>{(reason) => <p>{said(reason())}</p>}</Show>
          <Show when={!schedule().synced}>
            <p class="text-muted">
              {t('Temporal does not have this change yet. It gets it as soon as it is reachable.')}
            </p>
          </Show>
        </div>
        <Show when={schedule().status === 'active'}>
          <Section title={t('Next times')}>
            <NextTimes preview={{ times: schedule().nextTimes, notes: schedule().notes }} />
          </Section>
        </Show>
        <Section title={t('Runs')}>
          <RunsTable runs={schedule().runs} tenant={props.tenant} />
        </Section>
        <Section title={t('What it starts')}>
          <p class="pb-2">
            <span class="text-muted">{kindWords[schedule().target.kind]} </span>
            <Started schedule={schedule()} tenant={props.tenant} />
          </p>
          <Show
            when={schedule().definition}
            fallback={
              <p class="text-muted">{t`Its inputs are shown to its owner, ${schedule().owner.name}.`}</p>
            }
          >
            {(definition) => (
              <CodeBlock text={JSON.stringify(definition(), null, 2)} label={t('What it starts')} />
            )}
          </Show>
        </Section>
      </DetailBody>
      <ActionDialog
        open={asking() === 'run'}
        title={t('Run this schedule now?')}
        verb={t('Run now')}
        failed={t('Nothing was started.')}
        onClose={close}
        onConfirm={async () => {
          const { id } = schedule();
          await api.schedules.trigger.mutate({ id, idempotencyKey: runKey() });
          toast(t('The schedule runs now.'));
          await client.invalidateQueries({ queryKey: queries.schedules.get({ id }).queryKey });
        }}
      >{t`It runs at once, as you, whatever else of it is in progress. ${schedule().target.name} is started.`}</ActionDialog>
      <Show when={asking() === 'backfill'}>
        <BackfillDialog id={schedule().id} onClose={close} />
      </Show>
      <Show when={asking() === 'assign'}>
        <AssignDialog schedule={schedule()} onClose={close} />
      </Show>
      <ArchiveDialog
        open={asking() === 'archive'}
        title={t('schedule')}
        name={schedule().title}
        id={schedule().id}
        router="schedules"
        list={{ to: '/t/$tenant/schedules', params: { tenant: props.tenant } }}
        archive={({ id }) => api.schedules.archive.mutate({ id, ifMatch: entityTag(schedule().revision) })}
        onArchived={(name) => toast(t`${name} was archived.`)}
        onClose={close}
      >
        {t(
          'No time of it comes any more, and what it starts is removed. Its runs stay. This cannot be undone.',
        )}
      </ArchiveDialog>
    </>
  );
}

function Started(props: { schedule: Schedule; tenant: string }) {
  const target = () => props.schedule.target;
  const link = 'text-accent hover:text-accent-hover';
  return (
    <Show when={target().id} fallback={target().name}>
      {(id) => (
        <Show
          when={target().kind === 'tool'}
          fallback={
            <Link
              to="/t/$tenant/playbooks/$playbookId"
              params={{ tenant: props.tenant, playbookId: id() }}
              search={{}}
              class={link}
            >
              {target().name}
            </Link>
          }
        >
          <Link
            to="/t/$tenant/tools/$toolId"
            params={{ tenant: props.tenant, toolId: id() }}
            search={{}}
            class={link}
          >
            {target().name}
          </Link>
        </Show>
      )}
    </Show>
  );
}

function ScheduleFacts(props: { schedule: Schedule }) {
  const schedule = () => props.schedule;
  return (
    <Facts label={t('Schedule')}>
      <Fact label={t('ID')}>
        <IdChip id={schedule().id} label={t('Copy schedule ID')} />
      </Fact>
      <Fact label={t('Owner')}>{schedule().owner.name}</Fact>
      <Fact label={t('Created')}>
        <RelativeTime at={schedule().createdAt} />
      </Fact>
      <Fact label={t('Changed by')}>{schedule().updatedBy.name}</Fact>
      <Fact label={t('While one runs')}>{overlapWords[schedule().overlap]}</Fact>
      <Fact label={t('Late by at most')}>{durationWords(schedule().catchupMs)}</Fact>
      <Show when={schedule().spec.jitterMs}>
        {(jitter) => <Fact label={t('Jitter')}>{durationWords(jitter())}</Fact>}
      </Show>
      <Show when={schedule().maxRuns}>
        {(most) => <Fact label={t('Runs')}>{rich`${() => schedule().fired} of ${most}`}</Fact>}
      </Show>
      <Show when={schedule().temporalUrl}>
        {(url) => (
          <Fact label={t('Schedule')}>
            <TemporalLink url={url()} />
          </Fact>
        )}
      </Show>
    </Facts>
  );
}
