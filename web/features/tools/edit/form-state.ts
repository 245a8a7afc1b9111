import { createContext, createEffect, createMemo, createSignal, on, onCleanup, useContext } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isObject, schemaProperties } from '../../../../shared/platform/schema-properties.ts';
import { diffDefinitions } from '../../../../shared/tools/diff-definitions.ts';
import { toolDefinitionSchema } from '../../../../shared/tools/tool-definition.ts';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { api } from '../../../api/trpc.ts';
import { createJsonDocument } from '../../../kit/json-editor/json-document.ts';
import { isWithin, sameJson } from '../../../kit/schema-form/json-edit.ts';
import { whenPointerIsUp } from '../../../kit/schema-form/when-pointer-is-up.ts';
import { type Definition, missingSecret, sendable, type Tool } from './definition-document.ts';

/** How long after the last change the server is asked whether the definition holds. */
const checkAfterMs = 350;

/** A field that takes `{input}`s: where a chip puts its name. */
export interface TemplateTarget {
  insert: (text: string) => void;
}

/** One tool definition as a document with many views, checked by the server while it is written. */
export function createToolForm(start: { definition: Definition; editing: Tool | null }) {
  const document = createJsonDocument(start.definition);
  const definition = createMemo<Definition>(() => {
    const value = document.value();
    return isObject(value) ? value : {};
  });
  const [told, setTold] = createSignal<readonly Issue[]>([]);
  const [checking, setChecking] = createSignal(false);
  const [checkFailed, setCheckFailed] = createSignal<ApiError | null>(null);
  const [touched, setTouched] = createSignal<ReadonlySet<string>>(new Set());
  const [showAll, setShowAll] = createSignal(start.editing !== null);
  const [saved, setSaved] = createSignal<Definition>(start.definition);
  let target: TemplateTarget | null = null;

  /** What only saving can find out, like a name that is taken: it holds until that place is changed. */
  const [refused, setRefused] = createSignal<readonly { issue: Issue; value: unknown }[]>([]);

  const issues = createMemo(() => {
    const standing = refused().filter(({ issue, value }) => sameJson(document.at(issue.path), value));
    const all = [...missingSecret(definition()), ...told(), ...standing.map(({ issue }) => issue)];
    return all.filter(
      (issue, index) =>
        all.findIndex((each) => each.path === issue.path && each.message === issue.message) === index,
    );
  });
  const dirty = () => document.problem() !== null || !sameJson(definition(), saved());

  /** Every problem the server sees; an answer that was overtaken by a change is dropped. */
  let asked = 0;
  const check = async (): Promise<boolean> => {
    const mine = ++asked;
    setChecking(true);
    try {
      await api.tools.checkDefinition.mutate({ definition: sendable(definition()) });
      if (mine === asked) {
        setTold([]);
        setCheckFailed(null);
      }
    } catch (error) {
      if (mine === asked) tell(error);
    } finally {
      if (mine === asked) setChecking(false);
    }
    // A refusal of before may be over: only saving tells.
    return told().length === 0 && missingSecret(definition()).length === 0;
  };
  const located = (problem: ApiError): Issue[] =>
    problem.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/definition(?=\/|$)/, '') }));
  const tell = (error: unknown) => {
    const problem = toApiError(error);
    setTold(located(problem));
    setCheckFailed(problem.issues.length > 0 ? null : problem);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(definition, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void check(), checkAfterMs);
    }),
  );
  onCleanup(() => clearTimeout(timer));

  const isShown = (issue: Issue) =>
    showAll() || [...touched()].some((pointer) => isWithin(issue.path, pointer) || issue.path === pointer);

  return {
    document,
    definition,
    editing: start.editing,
    at: (pointer: string) => document.at(pointer),
    set: (pointer: string, value: unknown) => document.set(pointer, value),
    text: (pointer: string) => {
      const value = document.at(pointer);
      return value === undefined || value === null ? '' : String(value);
    },
    dirty,
    issues,
    checking,
    checkFailed,
    /** What is said at a place: its own problems, or with `deep` those inside it too. */
    error: (pointer: string, deep = false): string | undefined => {
      const found = issues().filter(
        (issue) => isShown(issue) && (deep ? isWithin(issue.path, pointer) : issue.path === pointer),
      );
      return found.length > 0 ? found.map((issue) => sentence(issue.message)).join(' ') : undefined;
    },
    shownIssues: () => issues().filter(isShown),
    touch: (pointer: string) =>
      whenPointerIsUp(() =>
        setTouched((before) => (before.has(pointer) ? before : new Set([...before, pointer]))),
      ),
    revealAll: () => setShowAll(true),
    check,
    /** Takes in why a save was refused. @returns the first place it is about */
    refuse: (error: unknown): string | undefined => {
      const found = located(toApiError(error));
      setRefused(found.map((issue) => ({ issue, value: document.at(issue.path) })));
      return found[0]?.path;
    },
    markSaved: () => setSaved(definition()),
    /** What a save would change; null while the document is not a definition. */
    changes: () => {
      const before = toolDefinitionSchema.safeParse(sendable(saved()));
      const after = toolDefinitionSchema.safeParse(sendable(definition()));
      return before.success && after.success ? diffDefinitions(before.data, after.data) : null;
    },
    saved,
    inputs: createMemo(() => [...schemaProperties(definition().inputSchema)]),
    setTarget: (next: TemplateTarget) => {
      target = next;
    },
    insert: (name: string) => target?.insert(`{${name}}`),
  };
}
export type ToolForm = ReturnType<typeof createToolForm>;

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const Context = createContext<ToolForm>();
export const ToolFormProvider = Context.Provider;
export function useToolForm(): ToolForm {
  const form = useContext(Context);
  if (!form) throw new Error('A part of the tool form stands outside of it');
  return form;
}
