import { useQuery } from '@tanstack/solid-query';
import { type JSX, Match, Show, Switch } from 'solid-js';
import { queries } from '../../../api/trpc.ts';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { formatBytes, formatDuration } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { authWords, rateWords, repeatWords, retryWords, type Tool } from '../parts/tool-words.ts';
import { RecentExecutions } from './recent-executions.tsx';
import { PairsTable, Template } from './providers/template.tsx';

type HttpTool = Extract<Tool, { type: 'http' }>;
type DummyTool = Extract<Tool, { type: 'dummy' }>;

/** What the tool does, in the order in which a run does it. */
export function OverviewTab(props: { tool: Tool }) {
  return (
    <>
      <Show when={props.tool.description}>
        <p class="max-w-[76ch] whitespace-pre-line px-6 pt-4 text-[14px] leading-[22px]">
          {props.tool.description}
        </p>
      </Show>
      <Switch>
        <Match when={props.tool.type === 'http' && props.tool}>
          {(tool) => <HttpRequest tool={tool() as HttpTool} />}
        </Match>
        <Match when={props.tool.type === 'dummy' && props.tool}>
          {(tool) => <DummyAnswer tool={tool() as DummyTool} />}
        </Match>
      </Switch>
      <Section title="Limits and repeats">
        <Lines>
          <Line label="Repeats">{repeatWords(props.tool)}</Line>
          <Line label="Attempts">{retryWords(props.tool.retry)}</Line>
          <Line label="Time for one attempt">{formatDuration(props.tool.timeoutMs)}</Line>
          <Line label="Time for everything">{formatDuration(props.tool.deadlineMs)}</Line>
          <Line label="Rate">{rateWords(props.tool.rateLimit)}</Line>
        </Lines>
      </Section>
      <RecentExecutions tool={props.tool} limit={5} />
    </>
  );
}

function HttpRequest(props: { tool: HttpTool }) {
  const config = () => props.tool.config;
  const connectorId = () => config().connectorId;
  const connector = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() ?? '' }),
    enabled: connectorId() !== undefined,
  }));
  const found = () => (connector.isSuccess ? connector.data : undefined);
  /** A tool without auth of its own uses its connector's. */
  const auth = () => (props.tool.auth.type === 'none' ? (found()?.auth ?? props.tool.auth) : props.tool.auth);
  const base = () => found()?.baseUrl.replace(/\/$/, '') ?? '';
  return (
    <Section title="Request">
      <div class="mb-3 flex items-baseline gap-3 rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="font-semibold">{config().method}</span>
        <span class="min-w-0 break-all">
          <Show when={connectorId()} fallback={<Template text={config().url ?? ''} />}>
            <span class="text-muted">{base()}</span>
            <Template text={config().path ?? ''} />
          </Show>
        </span>
      </div>
      <Lines>
        <Show when={connectorId()}>
          <Line label="Connector">
            {found()?.title ?? found()?.name ?? '…'}
            <span class="text-muted"> gives the base address, headers and auth</span>
          </Line>
        </Show>
        <Line label="Auth">
          {authWords(auth())}
          <Show when={auth().hasSecret}>
            <span class="text-muted">
              , value in the vault{auth() === props.tool.auth ? '' : ' with the connector'}
            </span>
          </Show>
        </Line>
        <Show when={Object.keys(config().query).length > 0}>
          <Line label="Query">
            <PairsTable pairs={config().query} label="Query parameters" />
          </Line>
        </Show>
        <Show when={Object.keys(config().headers).length > 0}>
          <Line label="Headers">
            <PairsTable pairs={config().headers} label="Headers" />
          </Line>
        </Show>
        <Line label="Other inputs">
          {['GET', 'HEAD', 'DELETE'].includes(config().method)
            ? 'Inputs that no template names go to the query'
            : `Inputs that no template names go into the ${config().bodyType === 'json' ? 'JSON' : config().bodyType} body`}
        </Line>
        <Show when={config().body !== undefined}>
          <Line label="Body">
            <JsonBlock value={config().body} label="Body template" maxHeight="240px" />
          </Line>
        </Show>
        <Line label="Answer">
          {config().responseType === 'auto' ? 'Read by its content type' : `Read as ${config().responseType}`}
          , at most {formatBytes(config().maxResponseBytes)}
          <Show when={config().followRedirects}>, redirects followed</Show>
        </Line>
        <Show when={config().transform}>
          {(transform) => (
            <Line label="Transform">
              <code class="block whitespace-pre-wrap rounded-md bg-sunken px-3 py-2 font-mono text-sm">
                {transform()}
              </code>
            </Line>
          )}
        </Show>
      </Lines>
    </Section>
  );
}

function DummyAnswer(props: { tool: DummyTool }) {
  const config = () => props.tool.config;
  return (
    <Section title="Answer">
      <Lines>
        <Line label="After">{formatDuration(config().delayMs)}</Line>
        <Show when={config().failure}>
          {(failure) => (
            <Line label="Fails">
              {config().failureRate >= 1
                ? 'Always'
                : `${Math.round(config().failureRate * 100)} % of the time`}
              , with <code class="font-mono text-sm">{failure().code}</code>: {failure().message}
            </Line>
          )}
        </Show>
        <Show when={config().response !== undefined}>
          <Line label="Response">
            <JsonBlock value={config().response} label="Response" maxHeight="240px" />
          </Line>
        </Show>
      </Lines>
    </Section>
  );
}

function Lines(props: { children: JSX.Element }) {
  return <dl class="grid grid-cols-[148px_minmax(0,1fr)] gap-x-3 gap-y-2">{props.children}</dl>;
}

function Line(props: { label: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.label}</dt>
      <dd class="min-w-0">{props.children}</dd>
    </>
  );
}
