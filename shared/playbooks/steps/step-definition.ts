import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { Assignee, HumanFields, Step } from './step-common.ts';

export type StepListSchema = z.ZodType<Step[], unknown>;
export type JsonSchema = Record<string, unknown>;

/** One way to complete a step. */
export interface StepOutcome {
  id: string;
  title: string;
  /** A reason is required. */
  needsReason: boolean;
  /** Takes an input; its schema is the step's `form`. */
  takesInput: boolean;
  /** Chosen when a completion names no outcome. */
  byDefault?: boolean;
  /** Another name that a completion may use for it. */
  alias?: string;
}

/** What has happened to a step that can be completed: nothing yet, its tool failed, or the tool's outcome is unknown. */
export type StepMoment = 'open' | 'failed' | 'outcome_unknown';

/** An option or a branch: steps inside a step. */
export interface StepGroup {
  id: string;
  title: string;
  /** The run ends after these steps; inside `parallel`, the branch does. */
  end?: boolean;
  steps: Step[];
}

export interface StepsInside<S> {
  /** The property of the step that lists the groups. */
  key: string;
  /** The word for one group. */
  noun: string;
  /** All groups run at the same time; otherwise only the one that the step's outcome names. */
  together: boolean;
  groups(step: S): StepGroup[];
}

export const scopeRoots = ['exception', 'input', 'steps', 'run'] as const;

/** A tool by name, at a version or at the current one. */
export interface ToolRef {
  tool: string;
  version?: number | undefined;
}

/** A place in a step that holds expressions. */
export type ExpressionPlace = {
  /** JSON Pointer from the step. */
  path: string;
  /** Evaluated when the step opens; otherwise its runner evaluates it later. */
  atOpening: boolean;
  /** The names at the root of its scope. */
  roots: readonly string[];
  /** The tool whose output it sees as `output`. */
  outputOf?: ToolRef;
  /** The calls that it sees as `calls`, by their ids. */
  callsOf?: Readonly<Record<string, ToolRef>>;
} & (
  | { kind: 'template'; template: JsonValue }
  /** A `choice` gives the id of a group. */
  | { kind: 'value' | 'condition' | 'choice'; expression: string }
);

export interface ToolCall extends ToolRef {
  /** JSON Pointer, from the step, of the object with `tool`, `version` and `input`. */
  path: string;
  input: JsonValue;
  /** Where the input is, if not at `input` of that object. */
  inputAt?: string;
  /** One of many that the step makes: no approval covers it, and the step does not show it by itself. */
  many?: boolean;
  /** Only looks up the result of another call, so the tool must be read-only. */
  probe: boolean;
  /** What it has done is undone when the run is aborted. */
  undoOnAbort?: boolean;
}

export interface PlaybookCall {
  playbook: string;
  input: JsonValue;
}

export interface PlacedAssignee {
  /** JSON Pointer from the step. */
  path: string;
  assignee: Assignee;
}

/** The pure half of a step type: everything that is known without running it. */
export interface StepDefinition<S extends Step = Step> {
  /** For menus. */
  label: string;
  /** The role that completes it when the step names no assignee; null: no one completes it. */
  defaultRole: 'operator' | 'approver' | null;
  /**
   * Each person acts in their own name only: a claim excludes no one, systems may not complete it, and an admin may not
   * assign it for others.
   */
  votes: boolean;
  /**
   * The ids of the steps whose calls it approves: only the request that was approved runs. `next`: the next call after
   * it. Null: it approves no calls.
   */
  covers(step: S): readonly string[] | 'next' | null;
  /** Outcomes besides those that people choose. */
  furtherOutcomes: readonly string[];
  inside: StepsInside<S> | null;
  schema(steps: StepListSchema): z.ZodType<S>;
  /** How people can complete it. */
  outcomes(step: S, moment: StepMoment): StepOutcome[];
  /** Outcomes that end the run. */
  endsRunWith(step: S): readonly string[];
  /** The step as one that waits for people; null when it never does. */
  human(step: S): HumanFields | null;
  /** People it names besides the assignee and the escalation. They may complete it too, if it waits for people. */
  people(step: S): PlacedAssignee[];
  /** JSON Schema of the input that completing takes, unless a tool defines it. */
  form(step: S): JsonSchema | null;
  expressions(step: S): ExpressionPlace[];
  toolCalls(step: S): ToolCall[];
  playbookCalls(step: S): PlaybookCall[];
  /** The event that completes it with this outcome. `match` is a condition over `event`, the data sent. */
  listensFor(step: S): { event: string; match?: string | undefined; outcome: string } | null;
  /** Problems beyond the shape, with paths from the step. */
  check(step: S): Issue[];
  /** JSON Schema of its output; null when unknown. */
  outputSchema(step: S, outputOf: (tool: ToolRef) => JsonSchema | null): JsonSchema | null;
}

/** The parts that differ from a step without people, tools, expressions or steps inside. */
type Given<S extends Step> = Pick<StepDefinition<S>, 'label'> & Partial<Omit<StepDefinition<S>, 'schema'>>;

/** @param schema of the step; it gets the schema of a list of any steps */
export function defineStep<Schema extends z.ZodType<Step>>(
  schema: (steps: StepListSchema) => Schema,
  given: Given<z.output<Schema>>,
): Omit<StepDefinition<z.output<Schema>>, 'schema'> & { schema(steps: StepListSchema): Schema } {
  return {
    defaultRole: null,
    votes: false,
    covers: () => null,
    furtherOutcomes: [],
    inside: null,
    outcomes: () => [],
    endsRunWith: () => [],
    human: () => null,
    people: () => [],
    form: () => null,
    expressions: () => [],
    toolCalls: () => [],
    playbookCalls: () => [],
    listensFor: () => null,
    check: () => [],
    outputSchema: () => null,
    ...given,
    schema,
  };
}

export const skipOutcome: StepOutcome = { id: 'skip', title: 'Skip', needsReason: true, takesInput: false };
export const abortOutcome: StepOutcome = {
  id: 'abort',
  title: 'Abort the run',
  needsReason: true,
  takesInput: false,
};

/** A place that holds a JSON template; it is resolved when the step opens. */
export function templateAt(path: string, template: JsonValue, atOpening = true): ExpressionPlace {
  return { path, kind: 'template', template, atOpening, roots: scopeRoots };
}

/** A place that holds one expression; none when it is not set. */
export function expressionAt(
  path: string,
  kind: 'value' | 'condition' | 'choice',
  expression: string | undefined,
  more: Partial<Pick<ExpressionPlace, 'atOpening' | 'roots' | 'outputOf'>> = {},
): ExpressionPlace[] {
  return expression === undefined
    ? []
    : [{ path, kind, expression, atOpening: true, roots: scopeRoots, ...more }];
}

export function issue(path: string, message: string, keyword: string): Issue {
  return { path, message, keyword };
}
