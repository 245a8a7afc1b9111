/**
 * What runs a tool in Python, inside of Pyodide: it is a part of the snapshot that every process begins with. Modules that
 * tools often import are loaded already.
 */
export const prelude = `
import ast, asyncio, base64, bisect, calendar, collections, contextlib, copy, csv, dataclasses, datetime, decimal, enum
import fractions, functools, hashlib, heapq, hmac, html, inspect, io, itertools, json, math, operator, os, random, re
import secrets, statistics, string, sys, textwrap, time, traceback, types, typing, unicodedata, urllib.parse, uuid, zoneinfo

# The code may change what modules hold.
_dumps, _loads = json.dumps, json.loads
FILE = 'tool.py'

class _Loop(asyncio.BaseEventLoop):
    """Tasks, sleep and timeouts of asyncio; there is nothing else to wait for."""
    class _Waiting:
        def select(self, timeout):
            if timeout is None:
                raise RuntimeError('main waits for something that nothing settles. There is no network')
            if timeout > 0:
                time.sleep(timeout)
            return []
    def __init__(self):
        super().__init__()
        self._selector = self._Waiting()
    def _process_events(self, events):
        pass
    def _write_to_self(self):
        pass

def _cut_off():
    """Nothing that Python imports reaches JavaScript."""
    roots = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core')
    for name, module in list(sys.modules.items()):
        if name.partition('.')[0] in roots or type(module).__name__ == 'JsProxy':
            sys.modules[name] = None
    for name in roots:
        sys.modules[name] = None
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.startswith(('_frozen', 'importlib', 'zipimport')) or isinstance(finder, type)]
    sys.path[:] = [path for path in sys.path if 'site-packages' not in path]
    asyncio._set_running_loop(None)
    asyncio.set_event_loop(None)
    os.environ.clear()

def _problem(kind, message, line=None, column=None):
    found = {'kind': kind, 'message': message[:2000]}
    if line:
        found['line'] = line
    if column:
        found['column'] = column
    return '!' + _dumps(found)

def _syntax(error):
    return _problem('syntax', 'SyntaxError: ' + str(error.msg), error.lineno, error.offset)

def _names(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []

def interlock_check(source, _input, _mark, _unusual):
    try:
        tree = ast.parse(source, FILE)
        compile(tree, FILE, 'exec')
    except SyntaxError as error:
        return _syntax(error)
    except (ValueError, RecursionError, MemoryError) as error:
        return _problem('syntax', str(error) or type(error).__name__, 1, 1)
    if not any('main' in _names(node) for node in tree.body):
        return _problem('syntax', 'The code has no function main(input)', 1, 1)
    return ' '

def _number(text):
    value = float(text)
    return value if decimal.Decimal(text) == decimal.Decimal(repr(value)) else decimal.Decimal(text)

class _InvalidResult(Exception):
    pass

def _jsonable(mark):
    def default(value):
        if isinstance(value, decimal.Decimal):
            if not value.is_finite():
                raise _InvalidResult(f'The result has {value}, which JSON does not have')
            return mark + format(value, 'f')
        raise _InvalidResult(f'The result has a value of type {type(value).__name__}, which is no JSON')
    return default

def _call(source, text, mark, unusual):
    scope = {'__name__': 'tool', '__builtins__': __builtins__}
    exec(compile(source, FILE, 'exec'), scope)
    main = scope.get('main')
    if not callable(main):
        raise TypeError('The code has no function main(input)')
    given = _loads(text, parse_float=_number) if unusual else _loads(text)
    result = main(given)
    if inspect.isawaitable(result):
        async def wait():
            return await result
        loop = _Loop()
        result = loop.run_until_complete(wait())
    try:
        return _dumps(result, allow_nan=False, ensure_ascii=True, separators=(',', ':'), default=_jsonable(mark))
    except ValueError as error:
        raise _InvalidResult(f'The result is no JSON: {error}') from None
    except TypeError as error:
        raise _InvalidResult(f'The result is no JSON: {error}') from None

def interlock_run(source, text, mark, unusual):
    _cut_off()
    try:
        return ' ' + _call(source, text, mark, unusual)
    except SyntaxError as error:
        return _syntax(error)
    except MemoryError:
        return _problem('memory', 'MemoryError')
    except _InvalidResult as error:
        return _problem('output', str(error))
    except BaseException as error:
        at = None
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename == FILE:
                at = frame
        try:
            message = str(error)
        except BaseException:
            message = ''
        name = type(error).__name__
        return _problem('thrown', f'{name}: {message}' if message else name, at and at.lineno, at and at.colno is not None and at.colno + 1)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
`;
