import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { createSignal, For, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { type ApiError, toApiError } from '../../../../api/api-error.ts';
import { useCan } from '../../../../api/me.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Outputs, queryKey } from '../../../../api/trpc.ts';
import { Button, ButtonLink } from '../../../../kit/button.tsx';
import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { createDocumentForm, DocumentFormProvider } from '../../../../kit/document-form/document-form.ts';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { currentLanguage } from '../../../../words/region.ts';
import { rich, t } from '../../../../words/words.ts';
import { CredentialFields, emptyCredential } from './credential-fields.tsx';
import { TemplateFacts } from './template-facts.tsx';

type Template = Outputs['templates']['get'];
type Tool = Outputs['templates']['install'];

const link = 'text-accent underline underline-offset-2 hover:text-accent-hover';

/** One step: the name, and for the first tool of a service its parameters and credential. */
export function InstallTemplate(props: { template: Template }) {
  const client = useQueryClient();
  const can = useCan();
  // Without this, what someone typed would go when the template is read again.
  const { template } = props;
  const needsConnector = template.needsConnector && template.connector === null;
  const [installed, setInstalled] = createSignal<Tool>();
  const [error, setError] = createSignal<ApiError>();
  const form = createDocumentForm({
    saved: {
      name: template.tool === null ? template.name : `${template.name}_2`,
      auth: { type: template.auth, ...emptyCredential(template.auth) },
      parameters: {},
    },
  });
  /** Nothing is known to be wrong any more once the fields are corrected. */
  const openError = () => (form.issues().length === 0 && error()?.issues.length ? undefined : error());
  const idempotencyKey = uuidv7();
  const install = async () => {
    if (form.saving()) return;
    form.revealAll();
    setError(undefined);
    try {
      const tool = await form.submit(({ name, auth, parameters }) =>
        api.templates.install.mutate({
          id: template.id,
          language: currentLanguage(),
          name: String(name),
          ...(needsConnector && isObject(auth) && { auth }),
          ...(needsConnector && template.parameters.length > 0 && { parameters: texts(parameters) }),
          idempotencyKey,
        }),
      );
      setInstalled(tool);
      for (const router of ['tools', 'connectors', 'templates'])
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
    } catch (failure) {
      setError(toApiError(failure));
    }
  };

  return (
    <div class="flex max-w-190 flex-col gap-5 px-6 py-5 max-sm:px-4">
      <TemplateFacts template={template} />
      <Show
        when={!installed()}
        fallback={
          <Installed
            tool={installed()!}
            signIn={needsConnector && template.auth === 'oauth2_authorization_code'}
          />
        }
      >
        <Show
          when={can('tools.write')}
          fallback={
            <p class="text-muted">
              {t('Only tool admins can install it. A tenant admin can give you the role.')}
            </p>
          }
        >
          <DocumentFormProvider value={form}>
            <form
              class="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                void install();
              }}
            >
              <h2 class="font-semibold text-[15px]">{t('Install')}</h2>
              <div class="max-w-80">
                <TextField
                  pointer="/name"
                  label={t('Name of the tool')}
                  mono
                  required
                  {...(template.tool && { help: t('There is a tool of this template already.') })}
                />
              </div>
              <Show
                when={needsConnector}
                fallback={
                  <Show
                    when={template.connector}
                    fallback={<p class="text-muted">{t('It needs no credential.')}</p>}
                  >
                    <p class="text-muted">{rich`It uses the connector ${<code class="font-mono text-sm">{template.connector?.name}</code>}, with the credential that is stored there.`}</p>
                  </Show>
                }
              >
                <For each={template.parameters}>
                  {(parameter) => (
                    <div class="max-w-120">
                      <TextField
                        pointer={`/parameters/${parameter.name}`}
                        label={parameter.title}
                        help={parameter.description}
                        placeholder={parameter.example}
                        mono
                        required
                      />
                    </div>
                  )}
                </For>
                <p class="max-w-[68ch] text-muted">
                  {rich`${() => template.credential} The credential is kept for every tool of ${() => template.serviceTitle}.`}
                </p>
                <CredentialFields type={template.auth} settings={template.authSettings} />
              </Show>
              <FailureNote
                failed={t('The tool was not installed.')}
                error={openError()}
                highlighted={form.issues().length > 0}
              />
              <div>
                <Button variant="primary" type="submit" busy={form.saving()}>
                  {t('Install')}
                </Button>
              </div>
            </form>
          </DocumentFormProvider>
        </Show>
      </Show>
    </div>
  );
}

const texts = (values: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isObject(values) ? values : {}).map(([name, value]) => [name, String(value).trim()]),
  );

/** What to do next. `signIn`: a person has to allow it at the provider first. */
const Installed = (props: { tool: Tool; signIn: boolean }) => (
  <div role="status" class="flex flex-col gap-2 rounded-md border border-line-strong bg-sunken px-3 py-2.5">
    <p>
      {rich`${<code class="font-mono text-sm">{props.tool.name}</code>} is installed.`}
      <Show when={props.signIn}> {t('Sign in on its connector before the first call.')}</Show>
    </p>
    <p class="flex flex-wrap items-center gap-x-4 gap-y-2">
      <ButtonLink
        to="/t/$tenant/tools/$toolId/run"
        params={{ tenant: tenantSlug(), toolId: props.tool.id }}
        search={{ sample: '1' }}
        variant="primary"
      >
        {t('Test it with a sample')}
      </ButtonLink>
      <Link
        to="/t/$tenant/tools/$toolId"
        params={{ tenant: tenantSlug(), toolId: props.tool.id }}
        search={{}}
        class={link}
      >
        {t('See the tool')}
      </Link>
      <Show when={connectorOf(props.tool)}>
        {(connectorId) => (
          <Link
            to="/t/$tenant/connectors/$connectorId"
            params={{ tenant: tenantSlug(), connectorId: connectorId() }}
            search={{}}
            class={link}
          >
            {t('See the connector')}
          </Link>
        )}
      </Show>
      <Link to="/t/$tenant/tools/templates" params={{ tenant: tenantSlug() }} search={{}} class={link}>
        {t('More templates')}
      </Link>
    </p>
  </div>
);

const connectorOf = ({ config }: Tool): string | undefined =>
  'connectorId' in config && typeof config.connectorId === 'string' ? config.connectorId : undefined;
