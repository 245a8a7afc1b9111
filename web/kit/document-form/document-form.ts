import { createContext, createEffect, createMemo, createSignal, on, onCleanup, useContext } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { toApiError } from '../../api/api-error.ts';
import { said } from '../../words/said.ts';
import { t } from '../../words/words.ts';
import type { FormHelp } from '../form-help/form-help.tsx';
import { createJsonDocument } from '../json-editor/json-document.ts';
import type { SecretPointers } from '../json-editor/masked-values.ts';
import { isWithin, sameJson } from '../schema-form/json-edit.ts';
import { whenPointerIsUp } from '../schema-form/when-pointer-is-up.ts';
import { dropKept, keepDraft, readKept } from './kept-draft.ts';
import { createLiveRequest } from './live-request.ts';
import { createTextHistory } from './text-history.ts';

/** Read loosely, so that an invalid document can be shown and fixed. */
export type Document = Record<string, unknown>;

export interface DocumentFormOptions {
  /** The help beside its fields. */
  help?: FormHelp;
  /** The document as it is saved, or what a new one starts as. */
  saved: Document;
  /** The place of the document in requests, as in `/definition`; the server's issues start with it. */
  root?: string;
  /** Show the issues of fields that the person has not visited yet. */
  showAll?: boolean;
  /** The server's check, run after each pause in typing. @throws when it could not be run */
  check?: (document: Document) => Promise<readonly Issue[]>;
  /** The places of secrets, which the JSON shows as dots. */
  secrets?: SecretPointers;
  /** Changes can be undone and done again. */
  history?: boolean;
  /** Issues that only the page can find. */
  ownIssues?: (document: Document) => readonly Issue[];
  draft?: {
    /** Unique for the document in this tab. */
    key: string;
    /** The saved revision; undefined for a new document. */
    revision: number | undefined;
    /** The part of the text that the browser may keep; null keeps what was kept before. Default: all of it. */
    harmless?: (text: string) => string | null;
  };
}

/** One document with many views: fields, JSON parts and the JSON itself, with the issues at their places. */
export function createDocumentForm(options: DocumentFormOptions) {
  const { draft } = options;
  const kept = draft ? readKept(draft.key) : null;
  const document = createJsonDocument(options.saved, kept?.text);
  const value = createMemo<Document>(() => {
    const read = document.value();
    return isObject(read) ? read : {};
  });
  const history = options.history ? createFormHistory(document) : null;
  const [saved, setSaved] = createSignal(options.saved);
  const [revision, showRevision] = createSignal(kept ? kept.revision : draft?.revision);
  let savedRevision = draft?.revision;
  /** The revision of what is saved. */
  const setRevision = (next: number | undefined) => {
    savedRevision = next;
    showRevision(next);
  };
  const [restored, setRestored] = createSignal(kept !== null);
  const [saving, setSaving] = createSignal(false);
  const [touched, setTouched] = createSignal<ReadonlySet<string>>(new Set());
  const [showAll, setShowAll] = createSignal(options.showAll ?? false);
  /** What only saving can find, such as a name that already exists. Each lasts until its place changes. */
  const [refused, setRefused] = createSignal<readonly { issue: Issue; value: unknown }[]>([]);

  const located = (issues: readonly Issue[]) => issues.map((issue) => locate(issue, options.root ?? ''));
  const check = createLiveRequest(value, async (now) => located((await options.check?.(now)) ?? []));
  const checkedIssues = () => check.response() ?? [];
  const ownIssues = () => options.ownIssues?.(value()) ?? [];
  const issues = createMemo(() => {
    const lasting = refused().filter(({ issue, value: before }) => sameJson(document.at(issue.path), before));
    const all = [...ownIssues(), ...lasting.map(({ issue }) => issue), ...checkedIssues()];
    return all.filter(
      (issue, index) =>
        all.findIndex((each) => each.path === issue.path && each.message === issue.message) === index,
    );
  });
  const shownIssues = createMemo(() =>
    issues().filter((issue) => showAll() || [...touched()].some((pointer) => isWithin(issue.path, pointer))),
  );
  const dirty = () => document.problem() !== null || !sameJson(value(), saved());

  let keeping: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    clearTimeout(keeping);
    setRestored(false);
    if (draft) dropKept(draft.key);
  };
  if (draft) {
    const keep = (text: string) => {
      if (!dirty()) return dropKept(draft.key);
      const harmless = draft.harmless ? draft.harmless(text) : text;
      if (harmless !== null) keepDraft(draft.key, { text: harmless, revision: revision() });
    };
    createEffect(
      on(
        document.text,
        (text) => {
          clearTimeout(keeping);
          keeping = setTimeout(() => keep(text), 300);
        },
        { defer: true },
      ),
    );
  }
  onCleanup(() => clearTimeout(keeping));

  return {
    document,
    /** Undo and redo, if the form has them. */
    history,
    secrets: options.secrets,
    help: options.help ?? {},
    value,
    saved,
    dirty,
    saving,
    revision,
    setRevision,
    at: (pointer: string) => document.at(pointer),
    set: (pointer: string, next: unknown) => document.set(pointer, next),
    text: (pointer: string): string => {
      const found = document.at(pointer);
      return found === undefined || found === null ? '' : String(found);
    },
    issues,
    shownIssues,
    /** The messages at a place, and with `deep` also those inside it. */
    error: (pointer: string, deep = false): string | undefined => {
      const found = shownIssues().filter(({ path }) => (deep ? isWithin(path, pointer) : path === pointer));
      return found.length > 0 ? found.map(({ message }) => sentence(message)).join(' ') : undefined;
    },
    /** The person has left this field: its issues show from now on. */
    touch: (pointer: string) =>
      whenPointerIsUp(() =>
        setTouched((before) => (before.has(pointer) ? before : new Set([...before, pointer]))),
      ),
    revealAll: () => setShowAll(true),
    /** False until the first check has ended. */
    checked: () => check.response() !== null,
    checking: check.busy,
    checkFailed: check.failed,
    /** Checks now. @returns whether nothing was found; only saving finds out whether a refusal is over */
    check: async (): Promise<boolean> => {
      await check.run();
      return checkedIssues().length === 0 && ownIssues().length === 0;
    },
    /** Sends the document and counts it as saved. A refusal shows at its places, and is thrown on. */
    submit: async <Response>(send: (document: Document) => Promise<Response>): Promise<Response> => {
      const sent = value();
      setSaving(true);
      try {
        const response = await send(sent);
        setSaved(sent);
        setRefused([]);
        forget();
        return response;
      } catch (error) {
        const found = located(toApiError(error).issues);
        setRefused(found.map((issue) => ({ issue, value: document.at(issue.path) })));
        setShowAll(true);
        throw error;
      } finally {
        setSaving(false);
      }
    },
    /** Unsaved changes were restored after a reload. */
    restored: () => restored() && dirty(),
    /** Drops what is kept for the next reload. */
    forget,
    /** Goes back to what is saved. */
    revert: () => {
      document.replace(saved());
      showRevision(savedRevision);
      forget();
    },
    /** Keeps what is typed, as changes of another saved document. */
    rebase: (next: Document, nextRevision: number | undefined) => {
      setSaved(next);
      setRevision(nextRevision);
    },
    /** Continues with another saved document. */
    replaceSaved: (next: Document, nextRevision: number | undefined) => {
      document.replace(next);
      setSaved(next);
      setRevision(nextRevision);
      forget();
    },
  };
}
export type DocumentForm = ReturnType<typeof createDocumentForm>;

/** The texts of a document, whichever view has changed them. */
function createFormHistory(document: ReturnType<typeof createJsonDocument>) {
  const texts = createTextHistory(document.text());
  const [changed, change] = createSignal(undefined, { equals: false });
  createEffect(
    on(
      document.text,
      (text) => {
        texts.record(text);
        change();
      },
      { defer: true },
    ),
  );
  const show = (text: string | null) => {
    if (text !== null) document.setText(text);
    change();
  };
  return {
    alone: texts.alone,
    undo: () => show(texts.undo()),
    redo: () => show(texts.redo()),
    canUndo: () => {
      changed();
      return texts.canUndo();
    },
    canRedo: () => {
      changed();
      return texts.canRedo();
    },
  };
}

function locate(issue: Issue, root: string): Issue {
  return {
    ...issue,
    path: root !== '' && isWithin(issue.path, root) ? issue.path.slice(root.length) : issue.path,
    message: /^Too small: expected string to have >=1 /.test(issue.message)
      ? t('This is required.')
      : said(issue.message),
  };
}

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const Context = createContext<DocumentForm>();
export const DocumentFormProvider = Context.Provider;
export function useDocumentForm(): DocumentForm {
  const form = useContext(Context);
  if (!form) throw new Error('A bound field is outside of its document form');
  return form;
}
