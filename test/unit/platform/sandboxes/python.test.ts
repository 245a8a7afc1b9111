import { afterAll, describe, expect, test } from 'vitest';
import { closeSandboxes } from '../../../../shared/platform/server/sandboxes/sandboxes.ts';
import { outputOf, runCode } from '../../../support/run-code.ts';

afterAll(closeSandboxes);

/** Loading Python takes seconds of a loaded machine. */
const long = 240_000;

describe('a function in Python', () => {
  test(
    'gets the input and returns the output; what it prints is its log',
    async () => {
      const source = `
import asyncio, json, re, datetime, decimal, statistics
async def twice(n):
    await asyncio.sleep(0.01)
    return n * 2
async def main(input):
    print('a', 'b', sep='-')
    return {'sum': sum(await asyncio.gather(*[twice(n) for n in input['list']])), 'day': datetime.date(2026, 11, 22).isoformat()}
`;
      const result = await runCode('python', source, { input: '{"list":[1,2,3]}' });
      expect(result).toMatchObject({ output: '{"sum":12,"day":"2026-11-22"}', log: ['a-b'] });
    },
    long,
  );

  test(
    'numbers keep their digits: int, and Decimal where float has too few',
    async () => {
      const input = '{"id":9007199254740993,"rate":0.12345678901234567890123,"price":19.90}';
      const source =
        "def main(i):\n    return {'next': i['id'] + 1, 'rate': i['rate'], 'price': i['price'], 'kind': type(i['price']).__name__}";
      expect(await runCode('python', source, { input })).toMatchObject({
        output: '{"next":9007199254740994,"rate":0.12345678901234567890123,"price":19.9,"kind":"float"}',
      });
    },
    long,
  );

  test(
    'an error has its line; a source that cannot be read is located',
    async () => {
      const thrown = runCode(
        'python',
        'def half(n):\n    return n / 0\n\ndef main(input):\n    return half(2)\n',
      );
      const nan = runCode('python', "def main(input):\n    return {'total': float('nan')}");
      const broken = runCode('python', 'def main(input):\n    retur n 1\n', { task: 'check' });
      const without = runCode('python', 'x = 1', { task: 'check' });
      const endless = runCode('python', 'while True: pass\nmain = None\n', { task: 'check' });
      expect(await thrown).toMatchObject({
        problem: { kind: 'thrown', message: 'ZeroDivisionError: division by zero', line: 2, column: 12 },
      });
      expect(await nan).toMatchObject({
        problem: { kind: 'output', message: expect.stringContaining('nan') },
      });
      expect(await broken).toMatchObject({ problem: { kind: 'syntax', line: 2 } });
      expect(await without).toMatchObject({ problem: { message: 'The code has no function main(input)' } });
      expect(await endless).toMatchObject({ output: '' });
    },
    long,
  );
});

describe('an attack in Python ends within its limits', () => {
  test(
    'loops, memory and recursion',
    async () => {
      const loop = runCode('python', 'def main(i):\n    while True: pass', { cpuMs: 300 });
      const memory = runCode('python', "def main(i):\n    a = []\n    while True: a.append('x' * 1000000)");
      const recursion = runCode('python', 'def main(i):\n    return main(i) + 1');
      const flood = runCode('python', "def main(i):\n    while True: print('x' * 10000, end='')", {
        cpuMs: 500,
      });
      expect(await loop).toMatchObject({ ended: 'time' });
      expect(await memory).toMatchObject({ problem: { kind: 'memory' } });
      expect(await recursion).toMatchObject({
        problem: { message: expect.stringContaining('RecursionError') },
      });
      const { log, ...ended } = await flood;
      expect(ended).toEqual({ ended: 'time' });
      expect(log.join('').length).toBeLessThan(5000);
    },
    long,
  );

  test(
    'it reaches no JavaScript, no files of the machine, no processes and no network',
    async () => {
      const source = `
import os, sys
def attempt(what):
    try:
        return str(what())
    except BaseException as error:
        return 'refused'
def connect():
    import socket
    socket.create_connection(('127.0.0.1', 5432), timeout=1)
    return 'connected'
def listen():
    import urllib.request
    return urllib.request.urlopen('http://127.0.0.1:4400/healthz').status
def thread():
    import threading
    threading.Thread(target=print).start()
    return 'started'
def loader():
    return [m for m in list(sys.modules.values()) + sys.meta_path if type(m).__name__ in ('JsProxy', 'JsFinder')]
def main(input):
    return {
        'js': attempt(lambda: __import__('js').process),
        'pyodide_js': attempt(lambda: __import__('pyodide_js')._module),
        'code': attempt(lambda: __import__('pyodide.code').code.run_js('1')),
        'http': attempt(lambda: __import__('pyodide.http').http.open_url('http://127.0.0.1')),
        'core': attempt(lambda: __import__('_pyodide_core').jsproxy_typedict),
        'reload': attempt(lambda: __import__('importlib').reload(sys.modules['js'])),
        'proxies': attempt(loader),
        'environ': attempt(lambda: dict(os.environ)),
        'procEnviron': attempt(lambda: open('/proc/self/environ').read()),
        'passwd': attempt(lambda: open('/etc/passwd').read()),
        'fork': attempt(lambda: os.fork()),
        'run': attempt(lambda: __import__('subprocess').run(['ls'])),
        'thread': attempt(thread),
        'connect': attempt(connect),
        'urlopen': attempt(listen),
    }
`;
      expect(await outputOf('python', source, { cpuMs: 20_000 })).toEqual({
        js: 'refused',
        pyodide_js: 'refused',
        code: 'refused',
        http: 'refused',
        core: 'refused',
        reload: 'refused',
        proxies: '[]',
        environ: '{}',
        procEnviron: 'refused',
        passwd: 'refused',
        fork: 'refused',
        run: 'refused',
        thread: 'refused',
        connect: 'refused',
        urlopen: 'refused',
      });
    },
    long,
  );

  test.each([
    ['os.system', "import os\ndef main(i):\n    return os.system('ls')"],
    ['os._exit', 'import os\ndef main(i):\n    os._exit(0)'],
    ['sys.exit', 'import sys\ndef main(i):\n    sys.exit(0)'],
  ])(
    '%s ends this call alone',
    async (_name, source) => {
      expect(await runCode('python', source)).toMatchObject({ problem: { kind: 'thrown' } });
    },
    long,
  );

  test(
    'what it leaves behind is not there in the next call',
    async () => {
      await outputOf(
        'python',
        "import builtins, json, os\ndef main(i):\n    builtins.left = 1\n    json.dumps = None\n    open('/tmp/left', 'w').write('x')",
      );
      const source =
        "import builtins, os\ndef main(i):\n    return [hasattr(builtins, 'left'), os.path.exists('/tmp/left')]";
      expect(await outputOf('python', source)).toEqual([false, false]);
    },
    long,
  );
});
