import { randomUUID } from 'node:crypto';
import nodeModule from 'node:module';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { CodeProblem } from '../sandbox-protocol.ts';
import { type LoadedEngine, ProblemError } from './engine.ts';
import { exactNumbersOf } from './exact-input.ts';
import { prelude } from './quickjs-prelude.ts';

// Held here, because nothing else of this process keeps it.
const { stripTypeScriptTypes } = nodeModule;

const file = 'tool.js';

const warmUpSource = `
export async function main({ a }: { a: unknown[] }) {
  console.log('warm', { a });
  return { all: a.map((each) => String(each)), ...JSON.parse('{"b":null}') };
}`;

/** QuickJS in WebAssembly, with one context that has run our prelude. */
export async function loadQuickJs(): Promise<LoadedEngine> {
  const module = await newQuickJSWASMModuleFromVariant(import('@jitl/quickjs-ng-wasmfile-release-sync'));
  warmUp(module);
  const context = newContext(module);
  const made = context.unwrapResult(context.evalCode(prelude, 'prelude.js'));
  const mark = randomUUID();
  return {
    run(job, input, log) {
      const source = job.language === 'typescript' ? withoutTypes(job.source) : job.source;
      context.runtime.setMemoryLimit(job.memoryBytes);
      return job.task === 'check' ? check(context, source) : run(context, made, mark, source, input, log);
    },
  };
}

const newContext = (module: QuickJSWASMModule): QuickJSContext =>
  module.newRuntime({ maxStackSizeBytes: 256 * 1024 }).newContext();

/** V8 compiles what is called for the first time: a program of ours is run before the one of the job. */
function warmUp(module: QuickJSWASMModule): void {
  const context = newContext(module);
  const made = context.unwrapResult(context.evalCode(prelude, 'prelude.js'));
  run(context, made, randomUUID(), withoutTypes(warmUpSource), '{"a":[1.5,"text"]}', () => true);
}

/** The functions of the prelude are all that reads and writes values, so nothing of the code runs in this process. */
function run(
  context: QuickJSContext,
  prelude: QuickJSHandle,
  mark: string,
  source: string,
  input: string,
  log: (text: string) => boolean,
): string {
  const write = context.newFunction('log', (text) =>
    log(`${context.getString(text)}\n`) ? context.true : context.false,
  );
  const parts = ['start', 'call', 'finish', 'describe'].map((name) => context.getProp(prelude, name));
  const [start, call, finish, describe] = parts as [
    QuickJSHandle,
    QuickJSHandle,
    QuickJSHandle,
    QuickJSHandle,
  ];
  const invoke = (callee: QuickJSHandle, ...args: QuickJSHandle[]): QuickJSHandle => {
    const result = context.callFunction(callee, context.undefined, ...args);
    if (result.error) throw new ProblemError(problemOf(context, describe, result.error));
    return result.value;
  };
  invoke(start, write, context.newString(mark));
  const namespace = evaluate(context, source, describe);
  const exact = JSON.stringify(exactNumbersOf(input));
  invoke(call, namespace, context.newString(input), context.newString(exact));
  const jobs = context.runtime.executePendingJobs();
  if (jobs.error) throw new ProblemError(problemOf(context, describe, jobs.error));
  const text = context.getString(invoke(finish));
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+(?:\\.\\d+)?)"`, 'g'), '$1');
}

/** The module of the tool. What it does at the top level has run, or is waited for by `call`. */
function evaluate(context: QuickJSContext, source: string, describe: QuickJSHandle): QuickJSHandle {
  const result = context.evalCode(`${source}\nexport { main as $main };`, file, { type: 'module' });
  if (result.error) throw new ProblemError(problemOf(context, describe, result.error));
  return result.value;
}

/** Reads the source and runs none of it. */
function check(context: QuickJSContext, source: string): string {
  const result = context.evalCode(`${source}\nexport { main as $main };`, file, {
    type: 'module',
    compileOnly: true,
  });
  if (!result.error) return '';
  const { name, message, stack } = context.dump(result.error) as Record<string, unknown>;
  throw new ProblemError(located({ name, message, stack }));
}

function problemOf(context: QuickJSContext, describe: QuickJSHandle, error: QuickJSHandle): CodeProblem {
  const described = context.callFunction(describe, context.undefined, error);
  // No memory is left to say more.
  if (described.error) return { kind: 'memory', message: 'out of memory' };
  return located(JSON.parse(context.getString(described.value)) as Record<string, unknown>);
}

function located({ name, message, stack }: Record<string, unknown>): CodeProblem {
  const text = String(message).slice(0, 2000);
  if (name === 'InternalError' && text === 'out of memory') return { kind: 'memory', message: text };
  if (name === 'InvalidResult') return { kind: 'output', message: text };
  if (/\bmain\b.*(export|module)|(export|module).*\bmain\b/.test(text) && name === 'SyntaxError')
    return { kind: 'syntax', message: 'The code has no function main(input)', line: 1, column: 1 };
  const [, line, column] = new RegExp(`${file}:(\\d+)(?::(\\d+))?`).exec(String(stack)) ?? [];
  return {
    kind: name === 'SyntaxError' ? 'syntax' : 'thrown',
    message: typeof name === 'string' && name !== '' ? `${name}: ${text}` : text,
    ...(line !== undefined && { line: Number(line) }),
    ...(column !== undefined && { column: Number(column) }),
  };
}

/** Types become spaces, so every line and column stays. */
function withoutTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    const { message, stack = '' } = error as Error;
    // Node says where at the beginning of the stack: ":2", lines of the source, and marks below the last one.
    const [, line] = /^[^\n]*:(\d+)\n/.exec(stack) ?? [];
    const [, marks = ''] = /\n( *)\^/.exec(stack) ?? [];
    throw new ProblemError({
      kind: 'syntax',
      message: message.slice(0, 2000),
      ...(line !== undefined && { line: Number(line), column: marks.length + 1 }),
    });
  }
}
