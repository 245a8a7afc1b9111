import { useQueryClient } from '@tanstack/solid-query';
import { createMemo } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuidv7 } from 'uuid';
import { toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { EditSheet } from '../../../kit/edit-sheet.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Rule } from '../../rules/parts/rule-words.ts';
import { type RuleForm, readInput, toDocument, toForm } from './rule-form.ts';
import { SetFields } from './set-fields.tsx';
import { TryPanel } from './try-panel.tsx';
import { WhenFields } from './when-fields.tsx';

/** Adds or edits a rule, and shows beside it what the rules would do. The server checks it while it is typed. */
export function RuleSheet(props: {
  rule: Rule | undefined;
  domains: readonly string[];
  onClose: () => void;
}) {
  const client = useQueryClient();
  // One for each opening, so that a second press creates nothing.
  const idempotencyKey = uuidv7();
  const [form, setForm] = createStore<RuleForm>(toForm(props.rule));
  const document = createMemo(() => toDocument(form));
  const draft = () => ({ ...(props.rule && { id: props.rule.id }), rule: named(document()) });
  const check = createLiveRequest(draft, (tried) =>
    api.rules.try
      .mutate({ exception: {}, draft: tried })
      .then(() => [])
      .catch((error: unknown) => toApiError(error).issues.filter(({ path }) => path !== incomplete)),
  );
  const { busy, error, submit } = createSubmission(save);
  const issueAt = (pointer: string) =>
    pointer === '/set/input' && form.input.trim() !== '' && !readInput(form.input)
      ? t('Not a JSON object.')
      : [...(check.response() ?? []), ...(error()?.issues ?? [])].find(({ path }) =>
          pointer === '/set/input' ? path.startsWith(pointer) : path === pointer,
        )?.message;

  async function save(): Promise<void> {
    const { rule } = props;
    const saved = rule
      ? await api.rules.update.mutate({ id: rule.id, rule: document(), ifMatch: `"${rule.revision}"` })
      : await api.rules.create.mutate({ rule: document(), idempotencyKey });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'rules') });
    toast(t`${saved.name} saved`);
    props.onClose();
  }

  return (
    <EditSheet
      onClose={props.onClose}
      width="1040px"
      title={props.rule ? t`Edit ${props.rule.name}` : t('Add rule')}
      description={t(
        'It sets what the opener of an exception has left open, and what no rule above it has set.',
      )}
      busy={busy()}
      onSave={() => void submit()}
    >
      <div class="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] max-md:grid-cols-1">
        <div class="flex flex-col gap-4 px-5 py-4">
          <FailureNote failed={t('The rule was not saved.')} error={error()} />
          <TextInput
            label={t('Name')}
            required
            maxLength={120}
            value={form.name}
            onInput={(name) => setForm({ name })}
            error={error() ? issueAt('/name') : undefined}
          />
          <WhenFields form={form} domains={props.domains} onChange={setForm} issueAt={issueAt} />
          <SetFields form={form} onChange={setForm} issueAt={issueAt} />
        </div>
        <div class="border-l px-5 py-4 max-md:border-t max-md:border-l-0">
          <TryPanel draft={draft} domains={props.domains} />
        </div>
      </div>
    </EditSheet>
  );
}

/** That a rule sets nothing yet is no mistake while it is written. */
const incomplete = '/set';

/** A rule is tried before it has a name. */
const named = <T extends { name: string }>(rule: T): T => ({ ...rule, name: rule.name || t('This rule') });
