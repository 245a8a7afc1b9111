import { Link, useNavigate } from '@tanstack/solid-router';
import { For, type JSX, Show } from 'solid-js';
import type { CallDoorFilter } from '../../../../shared/executions/call-doors.ts';
import type { FailureCode } from '../../../../shared/executions/failure-codes.ts';
import type { PeriodName } from '../../../../shared/usage/periods.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { formatDuration, formatNumber, formatRate } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { rich, t } from '../../../words/words.ts';
import { callDoorWords, failureWords } from '../../executions/parts/execution-words.ts';
import { OutcomeChart, TimeChart } from './call-charts.tsx';
import { type CountedExecutions, executionsLink } from './executions-link.ts';
import { Counted, Figure, Figures } from './figure.tsx';
import { Freshness, PeriodPicker } from './period.tsx';
import { UsageTable } from './usage-table.tsx';

type Usage = Outputs['usage']['tool'];
type Caller = Usage['callers'][number];

export const failureRate = ({ count, failed, open }: { count: number; failed: number; open: number }) =>
  count > open ? failed / (count - open) : null;
export const shownRate = (rate: number | null) => (rate === null ? '–' : formatRate(rate));
export const shownTime = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));

/** How a tool, or the tools of a connector, are used. */
export function CallUsage(props: {
  usage: Usage;
  period: PeriodName | undefined;
  of: Pick<CountedExecutions, 'toolId' | 'connectorId'>;
  /** Before the lists by version and caller. */
  children?: JSX.Element;
}) {
  const navigate = useNavigate();
  const total = () => props.usage.calls.total;
  const previous = () => props.usage.calls.previous;
  const span = () => ({ from: props.usage.period.from, to: props.usage.period.to });
  const link = (more: CountedExecutions = {}) => executionsLink({ ...props.of, ...span(), ...more });
  const open = ({ from, to }: { from: string; to: string }) =>
    void navigate(executionsLink({ ...props.of, from, to }) as Parameters<typeof navigate>[0]);
  return (
    <>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 px-6 max-sm:px-4 pt-4">
        <PeriodPicker period={props.period} />
        <Freshness usage={props.usage} />
      </div>
      <section aria-label={t('In this period')} class="px-6 max-sm:px-4 py-4">
        <Figures>
          <Figure label={t('Executions')} value={total().count} previous={previous().count} link={link()} />
          <Figure
            label={t('Failed')}
            value={total().failed}
            previous={previous().failed}
            rise="bad"
            link={link({ status: 'failed' })}
          />
          <Figure
            label={t('Failure rate')}
            value={failureRate(total())}
            previous={failureRate(previous())}
            format={formatRate}
            rise="bad"
            link={link({ status: 'failed' })}
          />
          <Figure
            label={t('Outcome unknown')}
            value={total().unknown}
            previous={previous().unknown}
            rise="bad"
            link={link({ failureCode: 'outcome_unknown' })}
          />
          <Figure
            label={t('Half took at most')}
            value={total().p50Ms}
            previous={previous().p50Ms}
            format={formatDuration}
            rise="bad"
            link={link()}
          />
          <Figure
            label={t('95 % at most')}
            value={total().p95Ms}
            previous={previous().p95Ms}
            format={formatDuration}
            rise="bad"
            link={link()}
          />
          <Figure
            label={t('99 % at most')}
            value={total().p99Ms}
            previous={previous().p99Ms}
            format={formatDuration}
            rise="bad"
            link={link()}
          />
        </Figures>
      </section>
      <Show
        when={total().count > 0}
        fallback={
          <EmptyState title={t('No executions in this period.')}>
            {t('A longer period may have some.')}
          </EmptyState>
        }
      >
        <div class="grid gap-6 px-6 max-sm:px-4 py-2 xl:grid-cols-2">
          <OutcomeChart buckets={props.usage.calls.buckets} onOpen={open} />
          <TimeChart buckets={props.usage.calls.buckets} onOpen={open} />
        </div>
        {props.children}
        <Show when={props.usage.failures.length > 0}>
          <Section title={t('Why calls failed')}>
            <UsageTable
              label={t('Why calls failed')}
              rows={props.usage.failures}
              columns={[
                {
                  header: t('Failure'),
                  text: true,
                  cell: ({ code }) => failureWords[code as FailureCode] ?? code,
                },
                {
                  header: t('Executions'),
                  cell: ({ code, count }) => (
                    <Counted
                      value={count}
                      label={t`${failureWords[code as FailureCode] ?? code}, executions`}
                      link={link({ failureCode: code })}
                    />
                  ),
                },
                { header: t('Before'), cell: ({ previous: before }) => formatNumber(before) },
              ]}
            />
          </Section>
        </Show>
        <Show when={props.of.toolId}>
          <Section title={t('By version')}>
            <UsageTable
              label={t('By version')}
              rows={props.usage.versions}
              columns={[
                { header: t('Version'), text: true, cell: ({ version }) => `v${version}` },
                {
                  header: t('Executions'),
                  cell: ({ version, count }) => (
                    <Counted
                      value={count}
                      label={t`Version ${version}, executions`}
                      link={link({ toolVersion: String(version) })}
                    />
                  ),
                },
                {
                  header: t('Failed'),
                  cell: ({ version, failed }) => (
                    <Counted
                      value={failed}
                      label={t`Version ${version}, failed`}
                      link={link({ toolVersion: String(version), status: 'failed' })}
                    />
                  ),
                },
                { header: t('Failure rate'), wide: true, cell: (row) => shownRate(failureRate(row)) },
                { header: 'p50', wide: true, cell: ({ p50Ms }) => shownTime(p50Ms) },
                { header: 'p95', cell: ({ p95Ms }) => shownTime(p95Ms) },
                { header: 'p99', wide: true, cell: ({ p99Ms }) => shownTime(p99Ms) },
              ]}
            />
          </Section>
        </Show>
        <Section title={t('By caller')}>
          <UsageTable
            label={t('By caller')}
            rows={props.usage.callers}
            columns={[
              {
                header: t('Caller'),
                text: true,
                cell: (caller) => (
                  <>
                    <CallerName caller={caller} />
                    <Doors
                      doors={caller.doors}
                      of={callerWords(caller)}
                      link={(door) => link({ ...ofCaller(caller), door })}
                    />
                  </>
                ),
              },
              {
                header: t('Executions'),
                cell: (caller) => (
                  <Counted
                    value={caller.count}
                    label={t`${callerWords(caller)}, executions`}
                    link={link(ofCaller(caller))}
                  />
                ),
              },
              {
                header: t('Failed'),
                cell: (caller) => (
                  <Counted
                    value={caller.failed}
                    label={t`${callerWords(caller)}, failed`}
                    link={link({ ...ofCaller(caller), status: 'failed' })}
                  />
                ),
              },
              { header: t('Failure rate'), wide: true, cell: (row) => shownRate(failureRate(row)) },
            ]}
          />
        </Section>
        <Section title={t('By door')}>
          <UsageTable
            label={t('By door')}
            rows={props.usage.doors}
            columns={[
              { header: t('Came through'), text: true, cell: ({ door }) => callDoorWords[doorFilter(door)] },
              {
                header: t('Executions'),
                cell: ({ door, count }) => (
                  <Counted
                    value={count}
                    label={t`${callDoorWords[doorFilter(door)]}, executions`}
                    link={link({ door: doorFilter(door) })}
                  />
                ),
              },
              {
                header: t('Failed'),
                cell: ({ door, failed }) => (
                  <Counted
                    value={failed}
                    label={t`${callDoorWords[doorFilter(door)]}, failed`}
                    link={link({ door: doorFilter(door), status: 'failed' })}
                  />
                ),
              },
              { header: t('Failure rate'), wide: true, cell: (row) => shownRate(failureRate(row)) },
            ]}
          />
        </Section>
      </Show>
    </>
  );
}

const doorFilter = (door: Caller['doors'][number]['door']): CallDoorFilter => door ?? 'not_recorded';

/** How the calls of a caller came: "Page 12, REST API 3". Those of a playbook came by it. */
function Doors(props: {
  doors: Caller['doors'];
  of: string;
  link: (door: CallDoorFilter) => ReturnType<typeof executionsLink>;
}) {
  return (
    <Show when={props.doors.some(({ door }) => door !== null && door !== 'playbook')}>
      <p class="text-muted text-sm">
        <For each={props.doors}>
          {({ door, count }, index) => (
            <>
              {index() > 0 ? ', ' : ''}
              {callDoorWords[doorFilter(door)]}{' '}
              <Counted
                value={count}
                label={`${props.of}, ${callDoorWords[doorFilter(door)]}`}
                link={props.link(doorFilter(door))}
              />
            </>
          )}
        </For>
      </p>
    </Show>
  );
}

const kindWords: Record<Caller['kind'], string> = {
  people: t('People'),
  api_key: t('API key'),
  playbook: t('Playbook'),
  system: t('Interlock'),
};

function callerWords({ kind, name }: Caller): string {
  return name ? `${kindWords[kind]} ${name}` : kindWords[kind];
}

/** A key is found as an actor, a playbook by its id. */
function ofCaller({ kind, id }: Caller): CountedExecutions {
  if (kind === 'playbook' && id) return { playbookId: id };
  return { caller: kind, ...(id ? { actor: id } : {}) };
}

function CallerName(props: { caller: Caller }) {
  return (
    <Show when={props.caller.kind === 'playbook' && props.caller.id} fallback={callerWords(props.caller)}>
      {(id) => (
        <>
          {rich`Playbook ${(
            <Link
              to="/t/$tenant/playbooks/$playbookId"
              params={{ tenant: tenantSlug(), playbookId: id() }}
              search={{ tab: 'usage' }}
              class="text-accent underline underline-offset-2"
            >
              {props.caller.name ?? t('of this organization')}
            </Link>
          )}`}
        </>
      )}
    </Show>
  );
}
