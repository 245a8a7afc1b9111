import { useParams } from '@tanstack/solid-router';
import { CloudDownload } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { Diff } from '../../../../kit/diff/diff.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { formatJson } from '../../../../kit/json-editor/json-document.ts';
import { sameJson } from '../../../../kit/schema-form/json-edit.ts';
import { createSubmission } from '../../../../kit/submission.ts';
import { rich, t } from '../../../../words/words.ts';
import { sendableConnector } from './sendable-connector.ts';

type Fields = Record<string, unknown>;

/** Asks the system behind the connector for what describes it. What differs is shown before it is used. */
export function FetchFromServer(props: {
  /** What is fetched, such as "schema". */
  what: string;
}) {
  const form = useDocumentForm();
  const params = useParams({ strict: false });
  const [found, setFound] = createSignal<Fields | null>(null);
  const [said, setSaid] = createSignal('');
  const differing = () =>
    Object.entries(found() ?? {}).filter(([key, value]) => !sameJson(value, form.at(`/${key}`)));
  const use = (fields: Fields) => {
    for (const [key, value] of Object.entries(fields)) form.set(`/${key}`, value);
    setFound(null);
    setSaid(t`The ${props.what} was fetched. It is used once the connector is saved.`);
  };
  const { busy, error, submit } = createSubmission(async () => {
    setFound(null);
    setSaid('');
    const { fields } = await api.connectors.describe.mutate({
      id: params().connectorId,
      definition: sendableConnector(form.value()),
    });
    const keys = Object.keys(fields);
    if (keys.every((key) => sameJson(fields[key], form.at(`/${key}`))))
      return setSaid(t`The server has the same ${props.what}.`);
    if (keys.every((key) => isEmpty(form.at(`/${key}`)))) return use(fields);
    setFound(fields);
  });
  return (
    <div class="flex flex-col gap-2">
      <div class="flex flex-wrap items-center gap-3">
        <Button icon={CloudDownload} busy={busy()} onClick={() => void submit()}>
          {t('Fetch from the server')}
        </Button>
        <span role="status" class="text-muted text-sm">
          {said()}
        </span>
      </div>
      <FailureNote failed={t`The ${props.what} was not fetched.`} error={error()} />
      <Show when={found()}>
        {(fields) => (
          <section class="flex flex-col gap-2" aria-label={t`What has changed in the ${props.what}`}>
            <p>{rich`The server has another ${() => props.what}. Tools keep what they have until the connector is saved with this one.`}</p>
            <For each={differing()}>
              {([key, value]) => (
                <div class="max-h-80 overflow-auto">
                  <Diff
                    label={t`${key} before and after`}
                    before={text(form.at(`/${key}`))}
                    after={text(value)}
                  />
                </div>
              )}
            </For>
            <div class="flex gap-2">
              <Button onClick={() => use(fields())}>{rich`Use the new ${() => props.what}`}</Button>
              <Button variant="quiet" onClick={() => setFound(null)}>
                {t('Keep the present one')}
              </Button>
            </div>
          </section>
        )}
      </Show>
    </div>
  );
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const text = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : formatJson(value);
