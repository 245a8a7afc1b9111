import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { whoWords } from '../../../shell/role-words.ts';
import { rich, t } from '../../../words/words.ts';

const linkClass = 'text-accent hover:text-accent-hover';

export function RunFacts(props: { run: Outputs['runs']['get']; tenant: string }) {
  const hasInput = () =>
    typeof props.run.input === 'object' &&
    props.run.input !== null &&
    Object.keys(props.run.input).length > 0;
  return (
    <Facts>
      <Show when={props.run.waitingOn}>
        {(who) => <Fact label={t('Waiting on')}>{whoWords(who())}</Fact>}
      </Show>
      <Show when={props.run.exception}>
        {(exception) => (
          <Fact label={t('Exception')}>
            <Link
              to="/t/$tenant/exceptions/$exceptionId"
              params={{ tenant: props.tenant, exceptionId: exception().id }}
              search={{}}
              class={linkClass}
            >
              {`EX-${exception().number} ${exception().title}`}
            </Link>
          </Fact>
        )}
      </Show>
      <Show when={props.run.parentRunId}>
        {(runId) => (
          <Fact label={t('Part of')}>
            <Link
              to="/t/$tenant/playbook-runs/$runId"
              params={{ tenant: props.tenant, runId: runId() }}
              search={{}}
              class={linkClass}
            >
              {t('Parent run')}
            </Link>
          </Fact>
        )}
      </Show>
      <Fact label={t('Started')}>
        {props.run.startedBy.name}, <RelativeTime at={props.run.createdAt} />
      </Fact>
      <Show when={props.run.completedAt}>
        {(at) => (
          <Fact label={t('Ended')}>
            <RelativeTime at={at()} />
          </Fact>
        )}
      </Show>
      <Show when={props.run.temporalUrl}>
        {(url) => (
          <Fact label={t('Workflow')}>
            <TemporalLink url={url()} />
          </Fact>
        )}
      </Show>
      <Fact label={t('ID')}>
        <IdChip id={props.run.id} />
      </Fact>
      <Show when={props.run.payloadsRemovedAt}>
        {(at) => (
          <Fact
            label={t('Payloads')}
          >{rich`Removed ${<RelativeTime at={at()} />}, as the retention of the organization asks`}</Fact>
        )}
      </Show>
      <Show when={hasInput()}>
        <Fact label={t('Input')}>
          <JsonTree value={props.run.input} label={t('Input')} maxHeight="200px" />
        </Fact>
      </Show>
    </Facts>
  );
}
