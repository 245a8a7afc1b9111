export type CodeLanguage = 'javascript' | 'typescript' | 'python';

/** What runs the languages; each has processes of its own. */
export type Engine = 'quickjs' | 'pyodide';

/** What a sandbox is told about its one job. The input follows as JSON. */
export interface HostJob {
  /** `check` only reads the source. */
  task: 'run' | 'check';
  language: CodeLanguage;
  source: string;
  /** Beyond what the engine itself takes. */
  memoryBytes: number;
  /** Of the result as JSON, in UTF-8. */
  maxOutputBytes: number;
  maxLogBytes: number;
}

/** What is wrong with the code, or with what it returned. */
export interface CodeProblem {
  kind: 'syntax' | 'thrown' | 'memory' | 'output';
  /** What the code threw is in it: not redacted. */
  message: string;
  /** In the source of the tool, from 1. */
  line?: number | undefined;
  column?: number | undefined;
}

export const frameTypes = {
  /** The engine is loaded. */
  ready: 1,
  /** A line of the log. */
  log: 2,
  /** The result, as JSON; empty for a check. The last frame. */
  output: 3,
  /** A `CodeProblem`, as JSON. The last frame. */
  problem: 4,
  /** The memory of a loaded engine; only before `ready`. */
  snapshot: 5,
} as const;

export type FrameType = (typeof frameTypes)[keyof typeof frameTypes];

/** A frame is its type, the length of its content in four bytes, and the content. */
export const frameHeadBytes = 5;

/** Beside the output and the log, a job may send so much (a problem, frame heads). */
export const spareBytes = 65_536;

/** Of a log. */
export const maxLogLines = 1000;

/** Of a job: its log, the line that says that it is full, and the result. Each of them is a message to the main thread. */
export const maxFrames = maxLogLines + 2;

/** Of one line of a log, in characters. */
export const maxLineLength = 2048;
