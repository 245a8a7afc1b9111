import { For, Show } from 'solid-js';
import type { Outputs } from '../../../../api/trpc.ts';
import { said } from '../../../../words/said.ts';
import { t } from '../../../../words/words.ts';
import { authTypeWord } from '../../parts/tool-words.ts';

/** What is called, with which credential, and what is known of it. */
export function TemplateFacts(props: { template: Outputs['templates']['get'] }) {
  const inputs = () =>
    Object.entries((props.template.inputSchema.properties ?? {}) as Record<string, { description?: string }>);
  const required = () => new Set(props.template.inputSchema.required as string[] | undefined);
  return (
    <section aria-label={t('What it does')} class="flex flex-col gap-3">
      <p>{props.template.description}</p>
      <dl class="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 max-sm:grid-cols-1">
        <dt class="text-muted">{t('Request')}</dt>
        <dd class="break-all font-mono text-sm">
          {props.template.method} {props.template.baseUrl}
          {props.template.path}
        </dd>
        <dt class="text-muted">{t('Credential')}</dt>
        <dd>
          {authTypeWord(props.template.auth)}
          <Show when={props.template.scopes.length > 0}>
            {t(', with')}{' '}
            <For each={props.template.scopes}>
              {(scope, index) => (
                <>
                  {index() > 0 && ', '}
                  <code class="break-all font-mono text-sm">{scope}</code>
                </>
              )}
            </For>
          </Show>
        </dd>
        <dt class="text-muted">{t('Retries')}</dt>
        <dd>{said(props.template.safety)}.</dd>
        <dt class="text-muted">{t('Checked against')}</dt>
        <dd>
          <a
            href={props.template.reference}
            target="_blank"
            rel="noreferrer"
            class="break-all text-accent underline underline-offset-2 hover:text-accent-hover"
          >
            {props.template.reference}
          </a>
        </dd>
      </dl>
      <Show when={inputs().length > 0}>
        <div>
          <h2 class="font-semibold text-[15px]">{t('Inputs')}</h2>
          <ul class="border-t">
            <For each={inputs()}>
              {([name, schema]) => (
                <li class="flex flex-wrap gap-x-3 border-b py-1">
                  <code class="font-mono text-sm">{name}</code>
                  <span class="text-muted">
                    {schema.description}
                    <Show when={required().has(name)}> {t('(required)')}</Show>
                  </span>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </section>
  );
}
