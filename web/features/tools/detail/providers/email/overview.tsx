import { For, Show } from 'solid-js';
import { listOf, type MailboxTemplate } from '../../../../../../shared/tools/providers/email/config.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import { mailServerWords } from '../../../parts/mail-server-words.ts';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, ConnectorLink, createConnector } from '../call-lines.tsx';
import { PairsTable, Template } from '../http/template.tsx';

/** The message, as a mail program shows one. */
export function EmailOverview(props: { tool: Extract<Tool, { type: 'email' }> }) {
  const config = () => props.tool.config;
  const connector = createConnector('smtp', () => config().connectorId);
  const from = () => config().from ?? connector()?.from;
  const attachments = () =>
    listOf<string | { filename: string }>(config().attachments).map((each) =>
      typeof each === 'string' ? each : each.filename,
    );
  return (
    <Section title={t('Message')}>
      <Lines>
        <Line label={t('Server')}>
          <Show when={config().connectorId} fallback={mailServerWords(config())}>
            {(id) => <ConnectorLink id={id()} connector={connector()} />}
          </Show>
          <Show when={connector()}>
            {(each) => <span class="text-muted">: {mailServerWords(each())}</span>}
          </Show>
        </Line>
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Addresses label={t('From')} value={from()} />
        <Addresses label={t('To')} value={config().to} />
        <Addresses label={t('Cc')} value={config().cc} />
        <Addresses label={t('Bcc')} value={config().bcc} />
        <Addresses label={t('Reply to')} value={config().replyTo} />
        <Line label={t('Subject')}>
          <Template text={config().subject} />
        </Line>
        <Text label={t('Text')} text={config().text} />
        <Text label={t('HTML')} text={config().html} />
        <Show when={attachments().length > 0}>
          <Line label={t('Attachments')}>
            <Template text={attachments().join(', ')} />
          </Line>
        </Show>
        <Show when={Object.keys(config().headers ?? {}).length > 0}>
          <Line label={t('Headers')}>
            <PairsTable pairs={config().headers ?? {}} label={t('Headers')} />
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
