import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, createUniqueId, Match, Show, Switch } from 'solid-js';
import { maxDocumentLength } from '../../../../../shared/imports/import-schemas.ts';
import { api, type Inputs, queries } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { formatNumber } from '../../../../kit/format.ts';
import { createSubmission } from '../../../../kit/submission.ts';
import { TextInput } from '../../../../kit/text-input.tsx';
import { t } from '../../../../words/words.ts';

const kinds = { document: t('File or text'), url: t('URL'), curl: t('curl command') } as const;
type Kind = keyof typeof kinds;

/** Where the document comes from. */
export function ImportSource(props: { onRead: (id: string) => void }) {
  const client = useQueryClient();
  const name = createUniqueId();
  const [kind, setKind] = createSignal<Kind>('document');
  const [texts, setTexts] = createSignal<Record<Kind, string>>({ document: '', url: '', curl: '' });
  const [file, setFile] = createSignal<{ name: string; text: string } | null>(null);
  const [connectorName, setConnectorName] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [over, setOver] = createSignal(false);
  const text = () => (kind() === 'document' && file() ? file()!.text : texts()[kind()]);
  const { busy, error, submit } = createSubmission(async () => {
    const sent: Inputs['imports']['create'] = {
      [kind()]: text(),
      ...(connectorName().trim() !== '' && { connectorName: connectorName().trim() }),
    };
    const found = await api.imports.create.mutate(sent);
    client.setQueryData(queries.imports.get({ id: found.id }).queryKey, found);
    props.onRead(found.id);
  });
  const issue = () => error()?.issues.find(({ path }) => path === `/${kind()}` || path === '')?.message;
  const read = async (chosen: File | undefined) => {
    setProblem(undefined);
    if (!chosen) return;
    if (chosen.size > maxDocumentLength) return void setProblem(t('The file is larger than 24 MB.'));
    setFile({ name: chosen.name, text: await chosen.text() });
  };
  const write = (value: string) => setTexts((before) => ({ ...before, [kind()]: value }));

  return (
    <form
      class="flex max-w-190 flex-col gap-4 px-6 max-sm:px-4 py-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (text().trim() === '') return void setProblem(t('There is nothing to read yet.'));
        setProblem(undefined);
        void submit();
      }}
    >
      <p class="max-w-[68ch] text-muted">
        {t(
          'Interlock reads a description of another system and lists its operations. You choose which of them become tools. They share one connector, with the address and the credential. Nothing is created until then.',
        )}
      </p>
      <fieldset class="flex flex-wrap gap-x-5 gap-y-2">
        <legend class="pb-1 font-medium text-sm">{t('Read from')}</legend>
        {(Object.keys(kinds) as Kind[]).map((each) => (
          <label class="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name={name}
              checked={kind() === each}
              onChange={() => {
                setKind(each);
                setProblem(undefined);
              }}
            />
            {kinds[each]}
          </label>
        ))}
      </fieldset>
      <Switch>
        <Match when={kind() === 'document'}>
          {/* Dropping is a second way: the button does the same. */}
          <section
            aria-label={t('Document')}
            class={`flex flex-col gap-3 rounded-md border border-dashed p-4 ${over() ? 'border-accent bg-sunken' : 'border-line-strong'}`}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              void read(event.dataTransfer?.files[0]);
            }}
          >
            <Show
              when={file()}
              fallback={
                <>
                  <label class="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <span class="font-medium text-sm">{t('File')}</span>
                    <input
                      type="file"
                      accept=".json,.yaml,.yml,.wsdl,.xml,.proto,.graphql,.gql,application/json,application/yaml"
                      onChange={(event) => void read(event.currentTarget.files?.[0])}
                    />
                    <span class="text-faint text-sm">{t('or drop it here')}</span>
                  </label>
                  <TextInput
                    label={t('or its text')}
                    rows={10}
                    mono
                    spellcheck={false}
                    value={texts().document}
                    onInput={write}
                    error={issue()}
                    help={t(
                      'OpenAPI 3, Swagger 2, a Postman collection, a GraphQL schema, WSDL or .proto, up to 24 MB.',
                    )}
                  />
                </>
              }
            >
              {(chosen) => (
                <div class="flex flex-wrap items-center gap-3">
                  <span class="min-w-0 break-all font-medium">{chosen().name}</span>
                  <span class="text-muted">{t`${formatNumber(Math.ceil(chosen().text.length / 1024))} kB`}</span>
                  <Button type="button" onClick={() => setFile(null)}>
                    {t('Remove')}
                  </Button>
                </div>
              )}
            </Show>
          </section>
        </Match>
        <Match when={kind() === 'url'}>
          <TextInput
            label={t('URL')}
            mono
            value={texts().url}
            onInput={write}
            placeholder="https://api.example.com/openapi.json"
            error={issue()}
            help="Of a document, a GraphQL endpoint, an MCP server, or grpc://host:port. It is called as tools are: private addresses must be listed in Settings → Private addresses."
          />
        </Match>
        <Match when={kind() === 'curl'}>
          <TextInput
            label={t('Command')}
            rows={6}
            mono
            spellcheck={false}
            value={texts().curl}
            onInput={write}
            placeholder={
              "curl -X POST https://api.example.com/v1/refunds -H 'Authorization: Bearer …' --json '{…}'"
            }
            error={issue()}
            help={t('Its credential goes to the vault and is not shown again.')}
          />
        </Match>
      </Switch>
      <div class="max-w-80">
        <TextInput
          label={t('Connector')}
          mono
          value={connectorName()}
          onInput={setConnectorName}
          placeholder="payments"
          maxLength={63}
          error={error()?.issues.find(({ path }) => path === '/connectorName')?.message}
          help={t(
            'Left empty, its name is made of the title. To see what has changed, name the connector of the earlier import.',
          )}
        />
      </div>
      <Show when={problem()}>
        <p role="alert" class="text-failed">
          {problem()}
        </p>
      </Show>
      <FailureNote
        failed={t('The document was not read.')}
        error={error()}
        highlighted={issue() !== undefined}
      />
      <div>
        <Button variant="primary" type="submit" busy={busy()}>
          {t('Read the document')}
        </Button>
      </div>
    </form>
  );
}
