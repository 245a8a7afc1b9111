import { createSignal, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import type { httpMethods } from '../../../../shared/tools/providers/http/config.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import type { Credential } from './credential-words.ts';
import { SecretInput } from './secret-input.tsx';

/** Changes where and until when a credential may be used. */
export function EditDialog(props: {
  credential: Credential;
  onDone: (words: string) => Promise<void>;
  onClose: () => void;
}) {
  const { credential } = props;
  const [name, setName] = createSignal(credential.name);
  const [hosts, setHosts] = createSignal(credential.allowedHosts.join('\n'));
  const [methods, setMethods] = createSignal(credential.methods?.join(', ') ?? '');
  const [paths, setPaths] = createSignal(credential.pathPrefixes?.join('\n') ?? '');
  const [expires, setExpires] = createSignal(credential.expiresAt?.slice(0, 10) ?? '');
  const [note, setNote] = createSignal(credential.note);
  const [value, setValue] = createSignal<unknown>('');
  const wanted = () => itemsOf(hosts());
  const added = () => wanted().some((host) => !credential.allowedHosts.includes(host));
  async function send(): Promise<void> {
    const { id, revision, expiresAt } = credential;
    const kept = expires() === (expiresAt?.slice(0, 10) ?? '');
    await api.credentials.update.mutate({
      id,
      name: name().trim(),
      allowedHosts: wanted(),
      ...(added() && value() ? { value: value() as string } : {}),
      methods: listOrNull(methods().toUpperCase()) as (typeof httpMethods)[number][] | null,
      pathPrefixes: listOrNull(paths()),
      ...(kept ? {} : { expiresAt: expires() === '' ? null : `${expires()}T00:00:00Z` }),
      note: note(),
      ifMatch: entityTag(revision),
    });
    await props.onDone(t`${name().trim()} saved`);
  }
  return (
    <FormDialog
      title={t`Edit ${credential.name}`}
      width="560px"
      verb={t('Save')}
      ready={name().trim() !== '' && wanted().length > 0}
      send={send}
      failed={t('The credential was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('Name')}
            required
            error={issueAt('/name')}
            maxLength={128}
            value={name()}
            onInput={setName}
          />
          <TextInput
            label={t('May be sent to')}
            required
            mono
            rows={2}
            help={t('host:port, one for each line.')}
            error={firstIssue(issueAt, '/allowedHosts')}
            value={hosts()}
            onInput={setHosts}
          />
          <Show when={added() && credential.variable === null}>
            <SecretInput
              type={credential.type}
              label={t('Value, again')}
              help={t('The stored value was entered for other hosts, so it is not sent to a new one.')}
              error={issueAt('/value')}
              onValue={setValue}
            />
          </Show>
          <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
            <TextInput
              label={t('Methods')}
              mono
              help={t('Empty: every method.')}
              placeholder={t('GET, POST')}
              error={firstIssue(issueAt, '/methods')}
              value={methods()}
              onInput={setMethods}
            />
            <TextInput
              label={t('Expires')}
              help={t('A day as 2027-01-31; empty: no expiry.')}
              error={issueAt('/expiresAt')}
              value={expires()}
              onInput={setExpires}
            />
          </div>
          <TextInput
            label={t('Paths')}
            mono
            rows={2}
            help={t('One for each line, such as /v1/refunds, with everything below it. Empty: every path.')}
            error={firstIssue(issueAt, '/pathPrefixes')}
            value={paths()}
            onInput={setPaths}
          />
          <TextInput
            label={t('Note')}
            rows={2}
            help={t('Who owns it, and how to get a new one.')}
            error={issueAt('/note')}
            maxLength={1000}
            value={note()}
            onInput={setNote}
          />
        </>
      )}
    </FormDialog>
  );
}

const itemsOf = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

function listOrNull(text: string): string[] | null {
  const items = itemsOf(text);
  return items.length === 0 ? null : items;
}

function firstIssue(issueAt: (pointer: string) => string | undefined, pointer: string): string | undefined {
  return (
    issueAt(pointer) ?? Array.from({ length: 50 }, (_, index) => issueAt(`${pointer}/${index}`)).find(Boolean)
  );
}
