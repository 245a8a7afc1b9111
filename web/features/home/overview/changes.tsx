import { Link, type LinkProps } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatNumber } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';
import { changeWords } from './change-words.ts';
import type { Visit } from './last-visit.ts';

/** Of each type up to so many are counted. */
const most = 100;

/** What has happened since this person was last here; the first time: in the last day. */
export function Changes(props: { changes: Outputs['usage']['home']['changes']; visit: Visit }) {
  return (
    <Section
      title={props.visit.first ? t('In the last 24 hours') : t('Since you were last here')}
      aside={
        <Show when={!props.visit.first}>
          <span class="text-muted">
            <RelativeTime at={props.visit.at} />
          </span>
        </Show>
      }
    >
      <Show when={props.changes.length > 0} fallback={<p class="text-muted">{t('Nothing has changed.')}</p>}>
        <ul class="flex flex-wrap gap-x-6 gap-y-1">
          <For each={props.changes}>{(change) => <Change change={change} since={props.visit.at} />}</For>
        </ul>
      </Show>
    </Section>
  );
}

function Change(props: { change: { type: string; count: number }; since: string }) {
  const can = useCan();
  const words = () => changeWords[props.change.type];
  const count = () => (props.change.count >= most ? t`${most} or more` : formatNumber(props.change.count));
  const text = () => words()?.words(props.change.count, count()) ?? `${count()} ${props.change.type}`;
  /** The audit trail has exactly these events; without it, the list of what they are about. */
  const link = (): LinkProps => {
    const params = { tenant: tenantSlug() };
    if (can('audit.read'))
      return {
        to: '/t/$tenant/audit',
        params,
        search: { type: props.change.type, from: props.since },
      } as LinkProps;
    return { to: words()?.list ?? '/t/$tenant/executions', params, search: {} } as LinkProps;
  };
  return (
    <li>
      <Link {...(link() as LinkProps)} class="text-accent underline underline-offset-2">
        {text()}
      </Link>
    </li>
  );
}
