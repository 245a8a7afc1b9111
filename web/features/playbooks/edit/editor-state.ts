import { useQueryClient } from '@tanstack/solid-query';
import { createContext, createEffect, createMemo, createSignal, on, onCleanup, useContext } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { toApiError } from '../../../api/api-error.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { createDocumentCheck } from '../../../kit/document-form/document-check.ts';
import { dropKept, keepDraft, readKept } from '../../../kit/document-form/kept-draft.ts';
import { createJsonDocument } from '../../../kit/json-editor/json-document.ts';
import { isWithin, sameJson } from '../../../kit/schema-form/json-edit.ts';
import { whenPointerIsUp } from '../../../kit/schema-form/when-pointer-is-up.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { type Document, stepAt, stepPaths, textOf } from '../parts/outline.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { useScopeKnowledge } from './scope-knowledge.ts';
import { scopePaths } from './scope-paths.ts';
import { inDocument } from './step-issues.ts';

/** One playbook as a document with many views, checked by the server while it is written. */
export function createEditor(start: { tenant: string; playbook: Playbook | null; document: Document }) {
  const client = useQueryClient();
  const id = start.playbook?.id ?? null;
  const kept = readKept(start.tenant, id);
  const document = createJsonDocument(start.document, kept?.text);
  const value = createMemo<Document>(() => {
    const read = document.value();
    return isObject(read) ? read : {};
  });
  const [saved, setSaved] = createSignal<Document>(start.document);
  const [revision, setRevision] = createSignal(kept?.revision ?? start.playbook?.draftRevision);
  const [restored, setRestored] = createSignal(kept !== null);
  const [saving, setSaving] = createSignal(false);
  /** The draft that somebody else has saved since. */
  const [theirs, setTheirs] = createSignal<Playbook | null>(null);
  const [open, setOpen] = createSignal<string | null>(null);
  const [touched, setTouched] = createSignal<ReadonlySet<string>>(new Set());
  const [showAll, setShowAll] = createSignal((start.playbook?.issues.length ?? 0) > 0);
  /** What only saving can find out, like a name that is taken: it holds until that place is changed. */
  const [refused, setRefused] = createSignal<readonly { issue: Issue; value: unknown }[]>([]);
  const check = createDocumentCheck(value);
  const knowledge = useScopeKnowledge(value);
  /** Runs know these ids, so titles no longer change them. */
  const publishedIds = new Set(
    stepPaths(start.playbook?.document ?? {}).map((path) =>
      textOf(stepAt(start.playbook?.document ?? {}, path), 'id'),
    ),
  );

  const issues = createMemo(() => {
    const standing = refused().filter((each) => sameJson(document.at(each.issue.path), each.value));
    const all = [...standing.map(({ issue }) => issue), ...check.issues()];
    return all.filter(
      (issue, index) =>
        all.findIndex((each) => each.path === issue.path && each.message === issue.message) === index,
    );
  });
  const dirty = () => document.problem() !== null || !sameJson(value(), saved());
  const isShown = (issue: Issue) =>
    showAll() || [...touched()].some((pointer) => isWithin(issue.path, pointer));
  const shownIssues = createMemo(() => issues().filter(isShown));

  let keeping: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      document.text,
      (text) => {
        clearTimeout(keeping);
        keeping = setTimeout(() => {
          if (dirty()) keepDraft(start.tenant, id, { text, revision: revision() });
          else dropKept(start.tenant, id);
        }, 300);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(keeping));
  const forget = () => {
    clearTimeout(keeping);
    dropKept(start.tenant, id);
    setRestored(false);
  };

  const refuse = async (error: unknown) => {
    const problem = toApiError(error);
    if (problem.code === 'conflict' && id !== null) {
      const latest = await client
        .fetchQuery({ ...queries.playbooks.get({ id }), staleTime: 0 })
        .catch(() => null);
      if (latest && latest.draftRevision !== revision()) return void setTheirs(latest);
    }
    setRefused(problem.issues.map(inDocument).map((issue) => ({ issue, value: document.at(issue.path) })));
    setShowAll(true);
    toastError('The draft was not saved', error);
  };
  const save = async (): Promise<Playbook | null> => {
    if (saving()) return null;
    setSaving(true);
    const sent = value();
    try {
      const view =
        id === null
          ? await api.playbooks.create.mutate({ document: sent })
          : await api.playbooks.update.mutate({ id, document: sent, draftRevision: revision() });
      setSaved(sent);
      setRevision(view.draftRevision);
      setTheirs(null);
      setRefused([]);
      forget();
      client.setQueryData(queries.playbooks.get({ id: view.id }).queryKey, view);
      void client.invalidateQueries({ queryKey: queryKey(start.tenant, 'playbooks') });
      toast('The draft is saved');
      return view;
    } catch (error) {
      await refuse(error);
      return null;
    } finally {
      setSaving(false);
    }
  };

  return {
    tenant: start.tenant,
    playbook: start.playbook,
    document,
    value,
    publishedIds,
    dirty,
    saving,
    save,
    restored,
    forget,
    revision,
    /** Back to what was last saved. */
    revert: () => {
      document.replace(saved());
      forget();
    },
    theirs,
    overwriteTheirs: () => {
      setRevision(theirs()?.draftRevision);
      return save();
    },
    takeTheirs: () => {
      const latest = theirs();
      const taken = latest?.draft ?? latest?.document;
      if (!latest || !taken) return;
      document.replace(taken);
      setSaved(taken);
      setRevision(latest.draftRevision);
      setTheirs(null);
      forget();
    },
    at: (pointer: string) => document.at(pointer),
    set: (pointer: string, next: unknown) => document.set(pointer, next),
    text: (pointer: string): string => {
      const found = document.at(pointer);
      return found === undefined || found === null ? '' : String(found);
    },
    /** The one step that is open; null when none is. */
    open,
    setOpen,
    check,
    issues,
    shownIssues,
    /** What is said at a place: its own problems, or with `deep` those inside it too. */
    error: (pointer: string, deep = false): string | undefined => {
      const found = shownIssues().filter((issue) =>
        deep ? isWithin(issue.path, pointer) : issue.path === pointer,
      );
      return found.length > 0 ? found.map((issue) => sentence(issue.message)).join(' ') : undefined;
    },
    touch: (pointer: string) =>
      whenPointerIsUp(() =>
        setTouched((before) => (before.has(pointer) ? before : new Set([...before, pointer]))),
      ),
    revealAll: () => setShowAll(true),
    /** What expressions at a step may name. */
    scopeOf: (stepPath: string | null) => scopePaths(value(), stepPath, knowledge()),
  };
}
export type PlaybookEditor = ReturnType<typeof createEditor>;

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const Context = createContext<PlaybookEditor>();
export const EditorProvider = Context.Provider;
export function useEditor(): PlaybookEditor {
  const editor = useContext(Context);
  if (!editor) throw new Error('A part of the playbook editor stands outside of it');
  return editor;
}
