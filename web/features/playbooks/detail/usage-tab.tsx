import { type LinkProps, useNavigate, useSearch } from '@tanstack/solid-router';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { StepState } from '../../../../shared/playbooks/run-schemas.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Chart } from '../../../kit/chart/chart.tsx';
import type { ChartData } from '../../../kit/chart/chart-data.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { formatDuration, formatNumber } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { rich, t } from '../../../words/words.ts';
import { shownTime } from '../../usage/parts/call-usage.tsx';
import { Counted, Figure, Figures } from '../../usage/parts/figure.tsx';
import { Freshness, PeriodPicker, usageInputOf } from '../../usage/parts/period.tsx';
import { UsageTable } from '../../usage/parts/usage-table.tsx';
import { PlaybookFlow } from '../parts/flow/playbook-flow.tsx';
import { type StepsView, ViewSwitch } from '../parts/flow/view-switch.tsx';
import { outline, stepAt, textOf } from '../parts/outline.ts';
import { type Playbook, shownDocument } from '../parts/playbook-words.ts';
import type { RunSearch } from './run-search.ts';
import { type HeatKind, heatKinds, heatOf } from './usage-heat.ts';

type Usage = Outputs['usage']['playbook'];
type Step = Usage['steps'][number];

/** How often this playbook runs, and where its runs wait, branch and drop out. */
export function UsageTab(props: { playbook: Playbook }) {
  const search = useSearch({ from: '/t/$tenant/playbooks/$playbookId' });
  const query = useQuery(() => ({
    ...queries.usage.playbook({ id: props.playbook.id, ...usageInputOf(search().period) }),
    refetchInterval: 60_000,
  }));
  return (
    <QueryView query={query} what={t('The usage could not be loaded')}>
      {(usage) => <PlaybookUsage playbook={props.playbook} usage={usage()} />}
    </QueryView>
  );
}

function PlaybookUsage(props: { playbook: Playbook; usage: Usage }) {
  const search = useSearch({ from: '/t/$tenant/playbooks/$playbookId' });
  const navigate = useNavigate();
  const [view, setView] = createSignal<StepsView>('graph');
  const total = () => props.usage.runs.total;
  const previous = () => props.usage.runs.previous;
  const runs = (more: RunSearch = {}) =>
    ({
      to: '/t/$tenant/playbooks/$playbookId',
      params: { tenant: tenantSlug(), playbookId: props.playbook.id },
      search: { tab: 'runs', since: props.usage.period.from, until: props.usage.period.to, ...more },
    }) as LinkProps;
  const open = ({ from, to }: { from: string; to: string }) =>
    void navigate(runs({ since: from, until: to }) as Parameters<typeof navigate>[0]);
  const data = (): ChartData => {
    const of = (value: (bucket: Usage['runs']['buckets'][number]) => number) =>
      props.usage.runs.buckets.map(value);
    return {
      kind: 'bars',
      places: props.usage.runs.buckets,
      series: [
        { label: t('Completed'), colour: 'succeeded', values: of(({ completed }) => completed) },
        { label: t('Failed'), colour: 'failed', values: of(({ failed }) => failed) },
        { label: t('Cancelled'), colour: 'unknown', values: of(({ cancelled }) => cancelled) },
        { label: t('Not ended'), colour: 'requested', values: of((each) => each.open) },
      ],
    };
  };
  return (
    <>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 px-6 max-sm:px-4 pt-4">
        <PeriodPicker period={search().period} />
        <Freshness usage={props.usage} />
      </div>
      <section aria-label={t('In this period')} class="px-6 max-sm:px-4 py-4">
        <Figures>
          <Figure label={t('Runs started')} value={total().count} previous={previous().count} link={runs()} />
          <Figure
            label={t('Completed')}
            value={total().completed}
            previous={previous().completed}
            link={runs({ status: 'completed' })}
          />
          <Figure
            label={t('Failed')}
            value={total().failed}
            previous={previous().failed}
            rise="bad"
            link={runs({ status: 'failed' })}
          />
          <Figure
            label={t('Cancelled')}
            value={total().cancelled}
            previous={previous().cancelled}
            link={runs({ status: 'cancelled' })}
          />
          <Figure
            label={t('Not ended')}
            value={total().open}
            previous={null}
            link={runs({ status: 'open' })}
          />
          <Figure
            label={t('Half completed within')}
            value={total().p50Ms}
            previous={previous().p50Ms}
            format={formatDuration}
            rise="bad"
            link={runs({ status: 'completed' })}
          />
          <Figure
            label={t('95 % within')}
            value={total().p95Ms}
            previous={previous().p95Ms}
            format={formatDuration}
            rise="bad"
            link={runs({ status: 'completed' })}
          />
        </Figures>
      </section>
      <Show
        when={total().count > 0 || props.usage.steps.length > 0}
        fallback={
          <EmptyState title={t('No runs in this period.')}>{t('A longer period may have some.')}</EmptyState>
        }
      >
        <div class="px-6 max-sm:px-4 py-2">
          <Chart title={t('Runs by outcome')} data={data()} format={formatNumber} onOpen={open} />
        </div>
        <Section
          title={t('Where runs wait, branch and drop out')}
          aside={<ViewSwitch view={view()} onView={setView} />}
        >
          <Show
            when={view() === 'graph'}
            fallback={<StepHeat playbook={props.playbook} usage={props.usage} link={runs} />}
          >
            <HeatGraph playbook={props.playbook} usage={props.usage} link={runs} />
          </Show>
        </Section>
        <Section title={t('By version')}>
          <UsageTable
            label={t('By version')}
            rows={props.usage.versions}
            columns={[
              { header: t('Version'), text: true, cell: ({ version }) => `v${version}` },
              {
                header: t('Runs'),
                cell: ({ version, count }) => (
                  <Counted
                    value={count}
                    label={t`Version ${version}, runs`}
                    link={runs({ runVersion: String(version) })}
                  />
                ),
              },
              {
                header: t('Failed'),
                cell: ({ version, failed }) => (
                  <Counted
                    value={failed}
                    label={t`Version ${version}, failed`}
                    link={runs({ runVersion: String(version), status: 'failed' })}
                  />
                ),
              },
              { header: 'p50', wide: true, cell: ({ p50Ms }) => shownTime(p50Ms) },
              { header: 'p95', cell: ({ p95Ms }) => shownTime(p95Ms) },
            ]}
          />
        </Section>
      </Show>
    </>
  );
}

/** The numbers of the steps over their graph; a step leads to the runs in which it opened. */
function HeatGraph(props: { playbook: Playbook; usage: Usage; link: (more: RunSearch) => LinkProps }) {
  const navigate = useNavigate();
  const document = createMemo(() => shownDocument(props.playbook));
  const [kind, setKind] = createSignal<HeatKind>('time');
  const heat = createMemo(() => heatOf(document(), props.usage.steps, kind()));
  const kindWords: Record<HeatKind, string> = { time: t('Time'), drops: t('Runs that ended') };
  const open = (path: string) => {
    const step = textOf(stepAt(document(), path), 'id');
    void navigate(props.link({ step }) as Parameters<typeof navigate>[0]);
  };
  return (
    <div class="flex h-[70vh] min-h-80 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('Colour by')} class="flex items-center gap-1">
        <span class="text-muted text-sm">{t('Colour by')}</span>
        <For each={heatKinds}>
          {(each) => (
            <Button
              variant="quiet"
              aria-pressed={kind() === each}
              onClick={() => setKind(each)}
              class={kind() === each ? 'bg-hover text-text' : ''}
            >
              {kindWords[each]}
            </Button>
          )}
        </For>
      </div>
      <PlaybookFlow document={document()} label={t('Steps as a graph')} heat={heat()} onOpen={open} />
    </div>
  );
}

/** The steps in the order of the document; those of other versions follow. */
function StepHeat(props: { playbook: Playbook; usage: Usage; link: (more: RunSearch) => LinkProps }) {
  const titles = createMemo(() => {
    const document = shownDocument(props.playbook);
    const found = outline(document).flatMap((item) => {
      if (item.kind !== 'step') return [];
      const step = stepAt(document, item.path);
      return [[textOf(step, 'id'), textOf(step, 'title') || textOf(step, 'id')] as const];
    });
    return new Map(found);
  });
  const steps = () => {
    const order = [...titles().keys()];
    const place = ({ stepId }: Step) => {
      const at = order.indexOf(stepId);
      return at < 0 ? order.length : at;
    };
    return props.usage.steps.toSorted((a, b) => place(a) - place(b));
  };
  const longest = () => Math.max(1, ...props.usage.steps.map(({ p95Ms }) => p95Ms ?? 0));
  const most = () => Math.max(1, ...props.usage.steps.map(({ opened }) => opened));
  const title = ({ stepId }: Step) => titles().get(stepId) ?? t`${stepId} (of another version)`;
  const states = [
    { state: 'open', word: t('waiting or running'), of: (step: Step) => step.open },
    { state: 'completed', word: t('completed'), of: (step: Step) => step.completed },
    { state: 'skipped', word: t('skipped'), of: (step: Step) => step.skipped },
    { state: 'failed', word: t('failed'), of: (step: Step) => step.failed },
    { state: 'outcome_unknown', word: t('of unknown outcome'), of: (step: Step) => step.unknown },
    { state: 'dropped', word: t('ended their run here'), of: (step: Step) => step.dropped },
  ] as const satisfies { state: StepState; word: string; of: (step: Step) => number }[];
  return (
    <ol aria-label={t('Steps')} class="border-t">
      <For each={steps()}>
        {(step) => (
          <li class="grid gap-x-6 gap-y-1 border-b py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <div class="min-w-0">
              <span class="font-medium">{title(step)}</span>
              <Show when={step.outcomes.some(({ outcome }) => outcome !== '')}>
                <p class="text-muted text-sm">
                  {step.outcomes
                    .filter(({ outcome }) => outcome !== '')
                    .map(({ outcome, count }) => `${outcome.replaceAll('_', ' ')} ${formatNumber(count)}`)
                    .join(' · ')}
                </p>
              </Show>
            </div>
            <div class="min-w-0">
              <Bar share={step.opened / most()} colour="accent">
                <Counted
                  value={step.opened}
                  label={t`${title(step)}, opened`}
                  link={props.link({ step: step.stepId })}
                />{' '}
                {t('opened')}
              </Bar>
              <Bar share={(step.p95Ms ?? 0) / longest()} colour="unknown">
                <Show when={step.p50Ms !== null} fallback={t('has not ended yet')}>
                  {rich`half within ${() => shownTime(step.p50Ms)}, 95 % within ${() => shownTime(step.p95Ms)}`}
                </Show>
              </Bar>
              <p class="text-muted text-sm">
                <For each={states.filter(({ of }) => of(step) > 0)}>
                  {({ state, word, of }, index) => (
                    <>
                      {index() > 0 ? ', ' : ''}
                      <Counted
                        value={of(step)}
                        label={`${title(step)}, ${word}`}
                        link={props.link({ step: step.stepId, state })}
                      />{' '}
                      <span classList={{ 'text-failed': state === 'dropped' || state === 'failed' }}>
                        {word}
                      </span>
                    </>
                  )}
                </For>
              </p>
            </div>
          </li>
        )}
      </For>
    </ol>
  );
}

function Bar(props: { share: number; colour: 'accent' | 'unknown'; children: JSX.Element }) {
  return (
    <div class="flex items-center gap-3 text-sm">
      <span aria-hidden="true" class="h-2 w-2/5 shrink-0 bg-sunken">
        <span
          class="block h-full"
          style={{
            width: `${Math.max(1, Math.round(props.share * 100))}%`,
            background: `var(--${props.colour})`,
          }}
        />
      </span>
      <span class="min-w-0">{props.children}</span>
    </div>
  );
}
