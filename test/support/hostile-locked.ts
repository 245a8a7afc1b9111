import { exit } from '../../shared/platform/server/sandboxes/host/frames.ts';
import { lockDown } from '../../shared/platform/server/sandboxes/host/lock-down.ts';

// The same after a sandbox has locked itself: what a program finds that reaches JavaScript, with all it may have kept.

const kept = {
  fs: await import('node:fs'),
  net: await import('node:net'),
  child: await import('node:child_process'),
  vm: await import('node:vm'),
  fetch: globalThis.fetch,
  process,
};
const { writeSync } = kept.fs;
const socket = new kept.net.Socket();
const port = Number(process.argv[2]);
const dataUrl: string = 'data:text/javascript,globalThis.mine=1';
lockDown();

const tries: Record<string, () => unknown> = {
  connect: () => socket.connect(port, '127.0.0.1'),
  createConnection: () => kept.net.createConnection(port, '127.0.0.1'),
  fetch: () => kept.fetch(`http://127.0.0.1:${port}/`),
  read: () => kept.fs.readFileSync(process.argv[1] ?? ''),
  child: () => kept.child.spawnSync('/bin/ls'),
  vm: () => kept.vm.runInThisContext('1'),
  builtin: () => kept.process.getBuiltinModule('node:net'),
  import: () => import('node:net'),
  data: () => import(dataUrl),
  kill: () => kept.process.kill(1, 0),
};
const found: Record<string, string> = {
  globals: ['process', 'fetch', 'Buffer', 'setTimeout', 'require', 'WebSocket']
    .filter((name) => name in globalThis)
    .join(),
};
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    found[name] = 'done';
  } catch {
    found[name] = 'refused';
  }
}
writeSync(1, JSON.stringify(found));
exit();
