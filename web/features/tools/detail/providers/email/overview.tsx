import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { listOf, type MailboxTemplate } from '../../../../../../shared/tools/providers/email/config.ts';
import { useQuery } from '../../../../../api/query.ts';
import { tenantSlug } from '../../../../../api/tenant.ts';
import { queries } from '../../../../../api/trpc.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { authWords } from '../../../parts/auth/auth-words.ts';
import { ConnectionLine } from '../../../parts/auth/connection.tsx';
import { isInherited } from '../../../parts/auth/inherit.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import { mailServerWords } from '../../../parts/mail-server-words.ts';
import type { Tool } from '../../../parts/tool-words.ts';
import { PairsTable, Template } from '../http/template.tsx';

/** The message, as a mail program shows one. */
export function EmailOverview(props: { tool: Extract<Tool, { type: 'email' }> }) {
  const config = () => props.tool.config;
  const connectorId = () => config().connectorId;
  const query = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() ?? '' }),
    enabled: connectorId() !== undefined,
  }));
  const connector = () => (query.isSuccess && query.data.kind === 'smtp' ? query.data : undefined);
  const inherited = () => isInherited(props.tool.auth) && connector() !== undefined;
  const auth = () => (inherited() ? connector()?.auth : undefined) ?? props.tool.auth;
  const from = () => config().from ?? connector()?.from;
  const attachments = () =>
    listOf<string | { filename: string }>(config().attachments).map((each) =>
      typeof each === 'string' ? each : each.filename,
    );
  return (
    <Section title="Message">
      <Lines>
        <Line label="Server">
          <Show when={connectorId()} fallback={mailServerWords(config())}>
            <Link
              to="/t/$tenant/connectors/$connectorId"
              params={{ tenant: tenantSlug(), connectorId: connectorId() ?? '' }}
              search={{}}
              class="text-accent underline underline-offset-2 hover:text-accent-hover"
            >
              {connector()?.title ?? connector()?.name ?? '…'}
            </Link>
            <Show when={connector()}>
              {(each) => <span class="text-muted">: {mailServerWords(each())}</span>}
            </Show>
          </Show>
        </Line>
        <Line label="Auth">
          {authWords(auth())}
          <Show when={auth().hasSecret}>
            <span class="text-muted">, secret in the vault</span>
          </Show>
          <Show when={inherited()}>
            <span class="text-muted">, inherited from the connector</span>
          </Show>
        </Line>
        <ConnectionLine auth={auth()} />
        <Addresses label="From" value={from()} />
        <Addresses label="To" value={config().to} />
        <Addresses label="Cc" value={config().cc} />
        <Addresses label="Bcc" value={config().bcc} />
        <Addresses label="Reply to" value={config().replyTo} />
        <Line label="Subject">
          <Template text={config().subject} />
        </Line>
        <Text label="Text" text={config().text} />
        <Text label="HTML" text={config().html} />
        <Show when={attachments().length > 0}>
          <Line label="Attachments">
            <Template text={attachments().join(', ')} />
          </Line>
        </Show>
        <Show when={Object.keys(config().headers ?? {}).length > 0}>
          <Line label="Headers">
            <PairsTable pairs={config().headers ?? {}} label="Headers" />
          </Line>
        </Show>
      </Lines>
    </Section>
  );
}

const shown = (each: MailboxTemplate): string =>
  typeof each === 'string' ? each : each.name ? `${each.name} <${each.address}>` : each.address;

const Addresses = (props: { label: string; value: MailboxTemplate | MailboxTemplate[] | undefined }) => (
  <Show when={listOf(props.value).length > 0}>
    <Line label={props.label}>
      <For each={listOf(props.value)}>
        {(each) => (
          <p class="break-all">
            <Template text={shown(each)} />
          </p>
        )}
      </For>
    </Line>
  </Show>
);

const Text = (props: { label: string; text: string | undefined }) => (
  <Show when={props.text}>
    {(text) => (
      <Line label={props.label}>
        <p
          class="max-h-60 overflow-auto whitespace-pre-wrap break-words rounded-md bg-sunken px-3 py-2"
          tabindex="0"
        >
          <Template text={text()} />
        </p>
      </Line>
    )}
  </Show>
);
