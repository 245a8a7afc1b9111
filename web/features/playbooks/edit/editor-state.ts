import { useQueryClient } from '@tanstack/solid-query';
import { createContext, createSignal, useContext } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { type Stale, staleOf } from '../../../api/stale.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { createDocumentForm } from '../../../kit/document-form/document-form.ts';
import type { Newer } from '../../../kit/document-form/stale-notice.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { type Document, stepAt, stepPaths, textOf } from '../parts/outline.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { playbookHelp } from './playbook-help.ts';
import { useScopeKnowledge } from './scope-knowledge.ts';
import { scopePaths } from './scope-paths.ts';

/** The document form of one playbook, with its steps and its saved draft. */
export function createEditor(start: {
  tenant: string;
  playbook: Playbook | null;
  newKey: string;
  document: Document;
}) {
  const client = useQueryClient();
  const id = start.playbook?.id ?? null;
  const form = createDocumentForm({
    help: playbookHelp,
    saved: start.document,
    root: '/document',
    history: true,
    showAll: (start.playbook?.issues.length ?? 0) > 0,
    check: async (document) =>
      (await api.playbooks.check.mutate({ document, playbookId: id ?? undefined })).issues,
    draft: {
      key: `playbook.${start.tenant}.${id ?? start.newKey}`,
      revision: start.playbook?.draftRevision,
    },
  });
  /** What someone else has saved since. */
  const [newer, setNewer] = createSignal<Newer | null>(null);
  const [open, setOpen] = createSignal<string | null>(null);
  /** The step that is open stays open, wherever a change has put it. */
  const keepOpen = (change: () => void) => {
    const path = open();
    const id = path === null ? '' : textOf(stepAt(form.value(), path), 'id');
    change();
    if (path === null || textOf(stepAt(form.value(), path), 'id') === id) return;
    const paths = stepPaths(form.value());
    setOpen(paths.find((each) => id !== '' && textOf(stepAt(form.value(), each), 'id') === id) ?? null);
  };
  const { history } = form;
  const knowledge = useScopeKnowledge(form.value);
  /** Runs know these ids, so titles no longer change them. */
  const published = start.playbook?.document ?? {};
  const publishedIds = new Set(stepPaths(published).map((path) => textOf(stepAt(published, path), 'id')));

  /** @returns the saved playbook; null after a failure, which the page shows */
  const save = async (): Promise<Playbook | null> => {
    if (form.saving()) return null;
    try {
      const saved = await form.submit((document) =>
        id === null
          ? api.playbooks.create.mutate({ document })
          : api.playbooks.update.mutate({ id, document, ifMatch: entityTag(form.revision() ?? '') }),
      );
      form.setRevision(saved.draftRevision);
      setNewer(null);
      client.setQueryData(queries.playbooks.get({ id: saved.id }).queryKey, saved);
      void client.invalidateQueries({ queryKey: queryKey(start.tenant, 'playbooks') });
      toast(t('Draft saved'));
      return saved;
    } catch (error) {
      const stale = staleOf<Playbook>(error);
      if (stale) setNewer(newerOf(stale));
      else toastError(t('The draft was not saved'), error);
      return null;
    }
  };

  return {
    ...form,
    history: history && {
      ...history,
      undo: () => keepOpen(history.undo),
      redo: () => keepOpen(history.redo),
    },
    /** One change of the steps, undone as one. */
    change: (document: Document) =>
      keepOpen(() => {
        history?.alone();
        form.document.replace(document);
      }),
    playbook: start.playbook,
    publishedIds,
    save,
    newer,
    forgetNewer: () => setNewer(null),
    /** The path of the one open step; null when all are closed. */
    open,
    setOpen,
    /** What expressions at a step may use. */
    scopeOf: (stepPath: string | null) => scopePaths(form.value(), stepPath, knowledge()),
  };
}
function newerOf({ by, at, current }: Stale<Playbook>): Newer {
  const { draft, document, version, draftRevision: revision } = current;
  return { by, at, name: draft ? t('a draft') : `v${version}`, document: draft ?? document ?? {}, revision };
}

export type PlaybookEditor = ReturnType<typeof createEditor>;

const Context = createContext<PlaybookEditor>();
export const EditorProvider = Context.Provider;
export function useEditor(): PlaybookEditor {
  const editor = useContext(Context);
  if (!editor) throw new Error('A part of the playbook editor is outside of it');
  return editor;
}
