import type { LinkProps } from '@tanstack/solid-router';
import type { JSX } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { counted, t } from '../../../words/words.ts';
import { Counted, Figure, Figures } from '../../usage/parts/figure.tsx';
import { UsageTable } from '../../usage/parts/usage-table.tsx';

type Age = Outputs['usage']['home']['waiting']['ages'][number];

const hoursWords = (hours: number) => (hours < 24 ? `${hours} h` : counted(hours / 24, '{0} day|{0} days'));
const ageWords = ({ fromHours, toHours }: Age) => {
  if (toHours === null) return t`over ${hoursWords(fromHours)}`;
  return fromHours === 0
    ? t`under ${hoursWords(toHours)}`
    : t`${hoursWords(fromHours)} to ${hoursWords(toHours)}`;
};

/** What waits now, by how long it has. */
export function Waiting(props: { usage: Outputs['usage']['home'] }) {
  const waiting = () => props.usage.waiting;
  const params = () => ({ tenant: tenantSlug() });
  const inbox = () => ({ to: '/t/$tenant/inbox', params: params(), search: { scope: 'all' } }) as LinkProps;
  const exceptions = (search: Record<string, string> = {}) =>
    ({ to: '/t/$tenant/exceptions', params: params(), search }) as LinkProps;
  const agesOf = ({ fromHours, toHours }: Age) => {
    const before = (hours: number) =>
      new Date(Date.parse(props.usage.asOf) - hours * 3_600_000).toISOString();
    return { openedTo: before(fromHours), ...(toHours === null ? {} : { openedFrom: before(toHours) }) };
  };
  const most = () =>
    Math.max(1, ...waiting().ages.map(({ steps, exceptions: cases }) => Math.max(steps, cases)));
  return (
    <Section title={t('Waiting now, by age')}>
      <Figures>
        <Figure label={t('Steps and approvals')} value={waiting().steps} previous={null} link={inbox()} />
        <Figure label={t('Overdue steps')} value={waiting().stepsOverdue} previous={null} link={inbox()} />
        <Figure
          label={t('Unresolved exceptions')}
          value={waiting().exceptions}
          previous={null}
          link={exceptions()}
        />
        <Figure
          label={t('Overdue exceptions')}
          value={waiting().exceptionsOverdue}
          previous={null}
          link={exceptions({ due: 'overdue' })}
        />
      </Figures>
      <div class="mt-4">
        <UsageTable
          label={t('Waiting now, by age')}
          rows={waiting().ages}
          columns={[
            { header: t('Age'), text: true, cell: ageWords },
            {
              header: t('Steps and approvals'),
              cell: (age) => (
                <Bar share={age.steps / most()}>
                  <Counted
                    value={age.steps}
                    label={t`Steps and approvals, ${ageWords(age)}`}
                    link={inbox()}
                  />
                </Bar>
              ),
            },
            {
              header: t('Exceptions'),
              cell: (age) => (
                <Bar share={age.exceptions / most()}>
                  <Counted
                    value={age.exceptions}
                    label={t`Exceptions, ${ageWords(age)}`}
                    link={exceptions(agesOf(age))}
                  />
                </Bar>
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}

function Bar(props: { share: number; children: JSX.Element }) {
  return (
    <span class="flex items-center justify-end gap-2">
      <span aria-hidden="true" class="h-2 w-24 max-sm:w-10">
        <span class="ml-auto block h-full bg-accent" style={{ width: `${Math.round(props.share * 100)}%` }} />
      </span>
      <span class="w-12 text-right">{props.children}</span>
    </span>
  );
}
