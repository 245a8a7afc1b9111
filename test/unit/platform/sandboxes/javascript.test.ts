import { afterAll, describe, expect, test } from 'vitest';
import { closeSandboxes } from '../../../../shared/platform/server/sandboxes/sandboxes.ts';
import { outputOf, runCode } from '../../../support/run-code.ts';

afterAll(closeSandboxes);

/** Attacks share the machine with everything else; what counts is that they end. */
const long = 60_000;

describe('a function in JavaScript or TypeScript', () => {
  test(
    'gets the input and returns the output, at once or as a promise',
    async () => {
      expect(
        await outputOf('javascript', 'function main({ a }) { return { twice: a * 2 }; }', {
          input: '{"a":21}',
        }),
      ).toEqual({ twice: 42 });
      expect(
        await outputOf(
          'typescript',
          'export const main = async (input: { a: number }): Promise<number> => { await null; return input.a + 1; };',
          { input: '{"a":41}' },
        ),
      ).toBe(42);
      expect(await outputOf('javascript', 'function main() {}')).toBeNull();
    },
    long,
  );

  test(
    'what it prints is its log, line by line, up to its limit',
    async () => {
      const { log } = await runCode(
        'javascript',
        "function main() { console.log('one', { two: 2 }, [3n]); console.error('four\\nfive'); }",
      );
      expect(log).toEqual(['one {"two":2} ["3"]', 'four', 'five']);
      const flood = await runCode(
        'javascript',
        "function main() { for (let i = 0; i < 2000; i++) console.log('line ' + i); return 'done'; }",
      );
      expect(flood).toMatchObject({ output: '"done"' });
      expect(flood.log.length).toBeLessThan(1001);
      expect(flood.log.join('\n').length).toBeLessThan(4096 + 100);
      expect(flood.log.at(-1)).toContain('The log is full');
    },
    long,
  );

  test(
    'a program that prints more than is kept needs no more memory for it',
    async () => {
      const { log, ...ended } = await runCode(
        'javascript',
        "function main() { for (let i = 0; i < 300000; i++) console.log(''); return 'done'; }",
        { cpuMs: 20_000, memoryBytes: 8 * 1_048_576 },
      );
      expect(ended).toEqual({ output: '"done"' });
      expect(log.at(-1)).toContain('The log is full');
    },
    long,
  );

  test(
    'numbers keep their digits: integers as BigInt, others when they are passed on',
    async () => {
      const input =
        '{"id":9007199254740993,"rate":0.12345678901234567890123,"price":19.90,"deep":[{"n":1e400}]}';
      const result = await runCode(
        'javascript',
        'function main({ id, rate, price, deep }) { return { next: id + 1n, rate, half: rate / 2, price, deep, kinds: [typeof id, typeof price] }; }',
        { input },
      );
      expect(result).toMatchObject({
        output: `{"next":9007199254740994,"rate":0.12345678901234567890123,"half":${0.12345678901234568 / 2},"price":19.9,"deep":[{"n":1${'0'.repeat(400)}}],"kinds":["bigint","number"]}`,
      });
    },
    long,
  );

  test(
    'what it throws has its line and column, of the source as it was written',
    async () => {
      const thrown = await runCode(
        'typescript',
        "interface Input {\n  a: number;\n}\nfunction main(input: Input) {\n  throw new Error('No rate for this currency');\n}",
      );
      expect(thrown).toMatchObject({
        problem: {
          kind: 'thrown',
          message: 'Error: No rate for this currency',
          line: 5,
          column: expect.any(Number),
        },
      });
      const same = await runCode(
        'javascript',
        "\n\n\nfunction main(input       ) {\n  throw new Error('No rate for this currency');\n}",
      );
      expect('problem' in same && 'problem' in thrown && same.problem.column).toBe(
        'problem' in thrown && thrown.problem.column,
      );
      expect(await runCode('javascript', 'function main() { throw { code: 7 } }')).toMatchObject({
        problem: { message: '{"code":7}' },
      });
    },
    long,
  );

  test(
    'a source that cannot be read is located, without running it',
    async () => {
      const check = (language: 'javascript' | 'typescript', source: string) =>
        runCode(language, source, { task: 'check' });
      expect(await check('javascript', 'function main() {\n  return 1 +;\n}')).toMatchObject({
        problem: { kind: 'syntax', line: 2, column: expect.any(Number) },
      });
      expect(await check('typescript', 'enum Colour { Red }\nfunction main() {}')).toMatchObject({
        problem: { kind: 'syntax', message: expect.stringContaining('enum'), line: 1, column: 1 },
      });
      expect(await check('typescript', 'function main(a: number) {\n  return { fee: };\n}')).toMatchObject({
        problem: { kind: 'syntax', line: 2, column: 17 },
      });
      expect(await check('javascript', 'const other = 1;')).toMatchObject({
        problem: { message: 'The code has no function main(input)' },
      });
      expect(await check('javascript', 'while (true);\nfunction main() {}')).toMatchObject({ output: '' });
    },
    long,
  );

  test(
    'a result that is no JSON is refused in words',
    async () => {
      const cases = [
        ['return { total: 0 / 0 }', '"total" of the result is NaN'],
        ['return new Promise(() => {})', 'nothing settles'],
        ['const a = {}; a.a = a; return a', 'circular'],
        ["return import('fs')", 'could not load module'],
      ];
      await Promise.all(
        cases.map(async ([body, message]) => {
          const result = await runCode('javascript', `function main() { ${body} }`);
          expect('problem' in result && result.problem.message).toContain(message);
        }),
      );
    },
    long,
  );
});

describe('an attack in JavaScript ends within its limits', () => {
  test.each([
    'while (true);',
    'return (async () => { for (;;) await null; })()',
    "return /^(a+)+$/.test('a'.repeat(40) + 'b')",
    'return { get a() { for (;;); } }',
    'return { toJSON() { for (;;); } }',
  ])('%s ends by its CPU time', { timeout: long, concurrent: true }, async (body) => {
    const result = await runCode('javascript', `function main() { ${body} }`, { cpuMs: 200 });
    expect(result).toMatchObject({ ended: 'time' });
  });

  test.each([
    "let a = 'x'.repeat(1000); for (;;) a += a + a.length",
    'const a = []; for (;;) a.push(new Array(1000).fill(a.length))',
    'const a = []; for (;;) a.push(new Uint8Array(1000000).fill(1))',
    'return new ArrayBuffer(2 ** 40)',
    "const a = []; for (;;) try { for (;;) a.push('x'.repeat(100000) + a.length); } catch {}",
  ])('%s ends by its memory', { timeout: long, concurrent: true }, async (body) => {
    const result = await runCode('javascript', `function main() { ${body} }`, { cpuMs: 500 });
    const how = 'problem' in result ? result.problem.kind : 'ended' in result ? result.ended : 'output';
    expect(['memory', 'time', 'thrown']).toContain(how);
  });

  test(
    'a stack that overflows is an error of the code',
    async () => {
      const result = await runCode('javascript', 'function main() { return main() + 1; }');
      expect(result).toMatchObject({ problem: { kind: expect.stringMatching(/thrown|memory/) } });
      const deep = await runCode(
        'javascript',
        'function main() { let a = []; for (let i = 0; i < 200000; i++) a = [a]; return a; }',
      );
      expect('output' in deep).toBe(false);
    },
    long,
  );

  test(
    'a result that is too large does not come back',
    async () => {
      const result = await runCode('javascript', "function main() { return 'x'.repeat(100000); }");
      expect(result).toMatchObject({
        problem: { kind: 'output', message: expect.stringContaining('the limit is 65536') },
      });
    },
    long,
  );

  test(
    'it finds no process, no module, no network, and leaves nothing for the next call',
    async () => {
      const names = [
        'process',
        'require',
        'fetch',
        'WebSocket',
        'setTimeout',
        'Buffer',
        'performance',
        'navigator',
        'WebAssembly',
        'std',
        'os',
      ];
      const looks = `
      Object.prototype.polluted = 'yes'; Array.prototype.map = () => 'mine'; JSON.stringify = () => '"mine"';
      globalThis.left = 1; Object.prototype.toString = () => 'mine'; Promise.prototype.then = null;
      function main() {
        const host = (() => {}).constructor.constructor('return typeof process + typeof require')();
        return { found: ${JSON.stringify(names)}.filter((name) => typeof globalThis[name] !== 'undefined'), host };
      }`;
      expect(await outputOf('javascript', looks)).toEqual({ found: [], host: 'undefinedundefined' });
      expect(
        await outputOf(
          'javascript',
          'function main() { return [typeof left, ({}).polluted ?? null, [1].map((a) => a)]; }',
        ),
      ).toEqual(['undefined', null, [1]]);
    },
    long,
  );

  test(
    'a call that is given up is killed, and the next one runs',
    async () => {
      const stop = new AbortController();
      const running = runCode('javascript', "function main() { console.log('begun'); for (;;); }", {
        cpuMs: 60_000,
        signal: stop.signal,
      });
      setTimeout(() => stop.abort(), 200);
      expect(await running).toMatchObject({ ended: 'aborted' });
      expect(await outputOf('javascript', 'function main() { return 1; }')).toBe(1);
    },
    long,
  );
});

test(
  'one tenant cannot occupy every sandbox',
  async () => {
    const stop = new AbortController();
    const attack = Array.from({ length: 4 }, () =>
      runCode('javascript', 'function main() { for (;;); }', {
        owner: 'hostile',
        cpuMs: 60_000,
        signal: stop.signal,
      }),
    );
    let going = true;
    const ended = Promise.all(attack).finally(() => {
      going = false;
    });
    expect(await outputOf('javascript', 'function main() { return 1; }')).toBe(1);
    expect(going).toBe(true);
    stop.abort();
    await ended;
  },
  long,
);
