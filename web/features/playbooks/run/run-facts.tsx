import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';

const linkClass = 'text-accent hover:text-accent-hover';

export function RunFacts(props: { run: Outputs['runs']['get']; tenant: string }) {
  const hasInput = () =>
    typeof props.run.input === 'object' &&
    props.run.input !== null &&
    Object.keys(props.run.input).length > 0;
  return (
    <Facts>
      <Show when={props.run.waitingOn}>{(who) => <Fact label="Waiting on">{who()}</Fact>}</Show>
      <Show when={props.run.exception}>
        {(exception) => (
          <Fact label="Exception">
            <Link
              to="/t/$tenant/exceptions/$exceptionId"
              params={{ tenant: props.tenant, exceptionId: exception().id }}
              search={{}}
              class={linkClass}
            >
              EX-{exception().number} {exception().title}
            </Link>
          </Fact>
        )}
      </Show>
      <Show when={props.run.parentRunId}>
        {(runId) => (
          <Fact label="Part of">
            <Link
              to="/t/$tenant/playbook-runs/$runId"
              params={{ tenant: props.tenant, runId: runId() }}
              search={{}}
              class={linkClass}
            >
              Parent run
            </Link>
          </Fact>
        )}
      </Show>
      <Fact label="Started">
        {props.run.startedBy.name}, <RelativeTime at={props.run.createdAt} />
      </Fact>
      <Show when={props.run.completedAt}>
        {(at) => (
          <Fact label="Ended">
            <RelativeTime at={at()} />
          </Fact>
        )}
      </Show>
      <Show when={props.run.temporalUrl}>
        {(url) => (
          <Fact label="Workflow">
            <TemporalLink url={url()} />
          </Fact>
        )}
      </Show>
      <Fact label="ID">
        <IdChip id={props.run.id} />
      </Fact>
      <Show when={props.run.payloadsRemovedAt}>
        {(at) => (
          <Fact label="Payloads">
            Removed <RelativeTime at={at()} />, as the retention of the organization asks
          </Fact>
        )}
      </Show>
      <Show when={hasInput()}>
        <Fact label="Input">
          <JsonTree value={props.run.input} label="Input" maxHeight="200px" />
        </Fact>
      </Show>
    </Facts>
  );
}
