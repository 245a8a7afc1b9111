import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type ApiError, isTransient, toApiError } from '../../../api/api-error.ts';
import { api, type Outputs, queries } from '../../../api/trpc.ts';
import { dropDraft, readDraft, saveDraft } from '../../../kit/draft-storage.ts';
import { createJsonDocument, formatJson } from '../../../kit/json-editor/json-document.ts';
import { issuesElsewhere } from '../../../kit/schema-form/issues-elsewhere.ts';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { initialValue, withoutSecrets } from '../../../kit/schema-form/schema-values.ts';
import { t } from '../../../words/words.ts';
import { reusableInput } from './past-input.ts';

export type Tool = Outputs['tools']['get'];
type Preview = Outputs['tools']['preview'];
export type Busy = 'validate' | 'preview' | 'execute' | 'load';

/** The state of a run sheet and what it can do; the components only show it. */
export function createRunSheet(at: {
  tenant: string;
  tool: Tool;
  exceptionId: string | undefined;
  /** The execution that is run again. */
  from: string | undefined;
  /** The execution whose input is copied. */
  inputOf: string | undefined;
  /** Begin with the example of the schema. */
  sample: boolean;
}) {
  const client = useQueryClient();
  const { tool } = at;
  const schema = tool.inputSchema;
  // What someone typed for a new execution stays when they run an earlier one again.
  const draftKey = ['tool', at.tenant, tool.id, at.from ?? at.inputOf].filter(Boolean).join('.');
  const draft = readDraft(draftKey);
  const example = () => (at.sample && Array.isArray(schema.examples) ? schema.examples[0] : undefined);
  const start = () => example() ?? initialValue(schema, schema) ?? {};
  const document = createJsonDocument(
    draft?.value ?? start(),
    draft?.text ?? formatJson(draft?.value ?? start()),
  );
  const [exceptionId, setExceptionId] = createSignal(at.exceptionId ?? draft?.reference ?? '');
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [error, setError] = createSignal<{ what: string; error: ApiError } | null>(null);
  const [valid, setValid] = createSignal(false);
  const [busy, setBusy] = createSignal<Busy | null>(null);
  const [preview, setPreview] = createSignal<{ of: unknown; at: Preview } | null>(null);
  const [executionId, setExecutionId] = createSignal<string | null>(null);
  const [restored, setRestored] = createSignal(draft !== null);

  // Pressing Execute twice starts one execution. The next press gets a new key only after the server has responded.
  let key = uuidv7();
  let responded = false;

  let saving: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      [document.text, exceptionId],
      () => {
        setValid(false);
        clearTimeout(saving);
        saving = setTimeout(() => {
          saveDraft(draftKey, schema, {
            text: document.problem() ? document.text() : undefined,
            value: document.value(),
            reference: exceptionId(),
          });
        }, 300);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(saving));

  /** A preview is valid only for the input that it was made from. */
  const currentPreview = createMemo(() => {
    const made = preview();
    return made && !document.problem() && sameJson(made.of, document.value()) ? made.at : null;
  });
  const fail = (what: string, thrown: unknown) => {
    const problem = toApiError(thrown);
    setIssues(
      problem.issues.map((issue) => ({ ...issue, path: withoutPayload(issue.path, document.value()) })),
    );
    setError({ what, error: problem });
  };
  const begin = (what: Busy) => {
    setBusy(what);
    setError(null);
    setIssues([]);
    setValid(false);
  };

  return {
    tool,
    schema,
    document,
    exceptionId,
    setExceptionId,
    issues,
    error,
    valid,
    busy,
    restored,
    preview: currentPreview,
    /** The input has changed since the preview. */
    previewIsOld: () => preview() !== null && currentPreview() === null,
    executionId,
    /** Changes one place and removes the issues found there. */
    set: (pointer: string, value: unknown) => {
      document.set(pointer, value);
      setIssues((before) => issuesElsewhere(before, pointer));
    },
    setText: (text: string) => {
      document.setText(text);
      setIssues([]);
    },
    reset: () => {
      document.replace(start());
      setIssues([]);
      setError(null);
      setRestored(false);
      dropDraft(draftKey);
    },
    /** Loads the input of an earlier execution. @returns the places whose secret must be entered again */
    load: async (id: string): Promise<string[]> => {
      begin('load');
      try {
        const past = await client.fetchQuery(queries.executions.get({ id }));
        const { value, missing } = reusableInput(past.input);
        document.replace(value);
        setRestored(false);
        setIssues(
          missing.map((path) => ({
            path,
            message: t('Secrets are not stored. Enter it again.'),
            keyword: 'redacted',
          })),
        );
        return missing;
      } catch (thrown) {
        fail(t('The input of that execution could not be loaded'), thrown);
        return [];
      } finally {
        setBusy(null);
      }
    },
    validate: async (): Promise<boolean> => {
      begin('validate');
      try {
        await api.tools.validate.mutate({ id: tool.id, payload: document.value() });
        setValid(true);
        return true;
      } catch (thrown) {
        fail(
          toApiError(thrown).code === 'invalid_input'
            ? t('The input is not valid')
            : t('The input could not be validated'),
          thrown,
        );
        return false;
      } finally {
        setBusy(null);
      }
    },
    makePreview: async (): Promise<boolean> => {
      begin('preview');
      const of = document.value();
      try {
        const made = await api.tools.preview.mutate({ id: tool.id, payload: of });
        setPreview({ of, at: made });
        return true;
      } catch (thrown) {
        fail(t('The preview failed'), thrown);
        return false;
      } finally {
        setBusy(null);
      }
    },
    execute: async (): Promise<boolean> => {
      if (busy() === 'execute') return false;
      begin('execute');
      if (responded) {
        key = uuidv7();
        responded = false;
      }
      try {
        const request = {
          payload: document.value(),
          exceptionId: exceptionId().trim() || undefined,
          previewDigest: currentPreview()?.digest,
          waitMs: 0,
          idempotencyKey: key,
        };
        const execution = at.from
          ? await api.executions.rerun.mutate({ ...request, id: at.from })
          : await api.tools.execute.mutate({ ...request, id: tool.id });
        responded = true;
        client.setQueryData(queries.executions.get({ id: execution.id }).queryKey, execution);
        setExecutionId(execution.id);
        setPreview(null);
        clearTimeout(saving);
        dropDraft(draftKey);
        return true;
      } catch (thrown) {
        // Without a response the execution may have started: the same key finds it.
        responded = !isTransient(thrown);
        if (toApiError(thrown).code === 'preview_changed') setPreview(null);
        fail(t('The tool was not executed'), thrown);
        return false;
      } finally {
        setBusy(null);
      }
    },
    /** The input without its secrets, for a copied command. */
    shareable: () => withoutSecrets(schema, schema, document.value()) ?? {},
  };
}

/** The server locates issues in the request, `{payload}`, or in the payload itself. */
function withoutPayload(path: string, payload: unknown): string {
  const isAround = path === '/payload' || path.startsWith('/payload/');
  return isAround && !(isObject(payload) && Object.hasOwn(payload, 'payload'))
    ? path.slice('/payload'.length)
    : path;
}
