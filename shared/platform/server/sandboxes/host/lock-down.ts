/** Modules of Node that reach files, processes, the network or the compiler. */
const dangerous = [
  'fs',
  'fs/promises',
  'net',
  'tls',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'https',
  'http2',
  'child_process',
  'cluster',
  'worker_threads',
  'vm',
  'v8',
  'module',
  'inspector',
  'wasi',
];

/** What stays of the globals: the language itself. */
const kept = new Set([
  'globalThis',
  'global',
  'TextEncoder',
  'TextDecoder',
  'WebAssembly',
  'performance',
  'crypto',
]);

function refuse(): never {
  throw new Error('A sandbox does not have this');
}

/**
 * Takes from this process what an engine could reach if its own walls had a hole: modules, globals, imports. Behind it
 * stand Node's permission model, which leaves it a few files to read, and no text that becomes code.
 */
export function lockDown(): void {
  const node = process;
  const load = node.getBuiltinModule;
  const { registerHooks, syncBuiltinESMExports } = load('node:module');
  const sockets = [load('node:net').Socket.prototype, load('node:net').Server.prototype];
  for (const prototype of sockets)
    for (const name of ['connect', 'listen', 'bind', '_listen2', 'open']) seal(prototype, name, refuse);
  for (const name of dangerous) {
    const module = load(`node:${name}`) as Record<string, unknown> | undefined;
    if (!module) continue;
    for (const key of Object.keys(module)) if (typeof module[key] === 'function') seal(module, key, refuse);
  }
  syncBuiltinESMExports();
  registerHooks({ resolve: refuse, load: refuse });
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (kept.has(name) || isOfLanguage(name)) continue;
    Reflect.deleteProperty(globalThis, name);
  }
  // An engine that fails says so there.
  Object.assign(globalThis, {
    console: { log() {}, info() {}, warn() {}, error() {}, debug() {}, trace() {} },
  });
  for (const key of Reflect.ownKeys(node)) {
    const value = Object.getOwnPropertyDescriptor(node, key)?.value as unknown;
    if (typeof value === 'function') seal(node, key, refuse);
  }
}

/** `process.exit` and what it calls keep working for those who hold it already. */
const neededAtExit = new Set<PropertyKey>(['emit', 'reallyExit', '_exiting', 'off', 'on']);

function seal(object: object, key: PropertyKey, value: unknown): void {
  if (neededAtExit.has(key)) return;
  try {
    Object.defineProperty(object, key, { value, configurable: false, writable: false });
  } catch {
    // It cannot be changed by anyone.
  }
}

/** Those that every realm of the language has. */
function isOfLanguage(name: string): boolean {
  return (
    /^(Object|Function|Array|Number|Boolean|String|Symbol|BigInt|Date|Promise|RegExp|Math|JSON|Proxy|Reflect|Iterator|(Weak)?(Map|Set)|WeakRef|FinalizationRegistry|(Shared)?ArrayBuffer|DataView|Atomics|Intl|NaN|Infinity|undefined|parseFloat|parseInt|isNaN|isFinite|((en|de)codeURI(Component)?)|escape|unescape|Disposable(Stack)?|AsyncDisposableStack)$/.test(
      name,
    ) || /^([A-Z]\w*)?(Error|Array)$/.test(name)
  );
}
