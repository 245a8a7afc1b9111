import { createContext, createMemo, useContext } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { schemaProperties } from '../../../../shared/platform/schema-properties.ts';
import { diffDefinitions } from '../../../../shared/tools/diff-definitions.ts';
import { toolDefinitionSchema } from '../../../../shared/tools/tool-definition.ts';
import { toApiError } from '../../../api/api-error.ts';
import { api } from '../../../api/trpc.ts';
import { createDocumentForm } from '../../../kit/document-form/document-form.ts';
import type { TrialSharing } from '../parts/trial-draft.ts';
import {
  type Definition,
  missingSecret,
  secretPlaces,
  sendable,
  type Tool,
  withoutSecret,
} from './definition-document.ts';
import { toolHelp } from './tool-help.ts';

/** A field that takes `{input}`s, into which a chip puts a name. */
export interface TemplateTarget {
  insert: (text: string) => void;
}

/** The document form of one tool definition, with what its fields share. */
export function createToolForm(start: {
  tenant: string;
  definition: Definition;
  editing: Tool | null;
  /** What the form begins with instead: the draft of the tool. */
  draft?: Definition | undefined;
}) {
  const form = createDocumentForm({
    saved: start.definition,
    help: toolHelp,
    root: '/definition',
    showAll: start.editing !== null,
    check: (definition) => checkDefinition(definition, start.editing?.id),
    ownIssues: missingSecret,
    secrets: secretPlaces,
    draft: {
      key: `tool.${start.tenant}.${start.editing?.id ?? 'new'}`,
      revision: start.editing?.version,
      harmless: withoutSecret,
    },
  });
  if (start.draft && !form.restored()) form.document.replace(start.draft);
  let target: TemplateTarget | null = null;
  const publishes = () => start.editing?.draft !== null && start.editing?.draft !== undefined;
  return {
    ...form,
    editing: start.editing,
    /** Creates the tool, or its next version. */
    save: async (note: string, force: boolean): Promise<Tool> => {
      const saved = await form.submit(async (document) => {
        const definition = sendable(document);
        if (start.editing && publishes()) {
          const { id } = start.editing;
          const ifMatch = entityTag(form.revision() ?? start.editing.version);
          const draft = await api.tools.saveDraft.mutate({
            id,
            definition,
            note: note || undefined,
            ifMatch,
          });
          return api.tools.publishDraft.mutate({ id, version: draft.version, force, ifMatch });
        }
        return start.editing
          ? api.tools.update.mutate({
              id: start.editing.id,
              definition,
              note: note || undefined,
              force,
              ifMatch: entityTag(form.revision() ?? start.editing.version),
            })
          : api.tools.create.mutate({ definition });
      });
      form.setRevision(saved.version);
      return saved;
    },
    /** Writes what only tests may call. @returns the tool and the number of its draft */
    saveDraft: (): Promise<{ toolId: string; version: number }> =>
      form.submit((document) => {
        const definition = sendable(document);
        return start.editing
          ? api.tools.saveDraft.mutate({
              id: start.editing.id,
              definition,
              ifMatch: entityTag(form.revision() ?? start.editing.version),
            })
          : api.tools.createDraft.mutate({ definition });
      }),
    /** Writes the next version without making it the current one, and shares the calls between both. */
    tryOut: (note: string, sharing: TrialSharing): Promise<unknown> =>
      form.submit((document) =>
        api.trials.start.mutate({
          id: start.editing?.id ?? '',
          definition: sendable(document),
          note: note || undefined,
          ifMatch: entityTag(form.revision() ?? start.editing?.version ?? 0),
          // The person has seen what may break.
          force: true,
          ...sharing,
        }),
      ),
    /** What a save would change; null while the document is not a definition that the page knows. */
    changes: () => {
      const before = toolDefinitionSchema.safeParse(sendable(form.saved()));
      const after = toolDefinitionSchema.safeParse(sendable(form.value()));
      return before.success && after.success ? diffDefinitions(before.data, after.data) : null;
    },
    inputs: createMemo(() => [...schemaProperties(form.value().inputSchema)]),
    setTarget: (next: TemplateTarget) => {
      target = next;
    },
    insert: (name: string) => target?.insert(`{${name}}`),
  };
}
export type ToolForm = ReturnType<typeof createToolForm>;

/** The server reports issues by rejecting the definition. Any other failure means that the check did not run. */
async function checkDefinition(definition: Definition, toolId: string | undefined) {
  try {
    await api.tools.checkDefinition.mutate({ definition: sendable(definition), toolId });
    return [];
  } catch (error) {
    const { issues } = toApiError(error);
    if (issues.length === 0) throw error;
    // A secret that is missing has words of the page.
    const own = new Set(missingSecret(definition).map(({ path }) => path));
    return issues.filter(({ path }) => !own.has(path));
  }
}

const Context = createContext<ToolForm>();
export const ToolFormProvider = Context.Provider;
export function useToolForm(): ToolForm {
  const form = useContext(Context);
  if (!form) throw new Error('A part of the tool form is outside of it');
  return form;
}
