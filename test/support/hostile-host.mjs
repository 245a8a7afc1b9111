// What a program could do that has broken out of its engine: it runs in the process of a sandbox, with the flags of one.
const tries = {
  child: async () => (await import('node:child_process')).execFileSync('/bin/ls'),
  files: async () => (await import('node:fs')).readFileSync('/etc/passwd', 'utf8'),
  environment: async () => (await import('node:fs')).readFileSync('/proc/self/environ', 'utf8'),
  ownFolder: async () => (await import('node:fs')).readdirSync(process.argv[2]),
  write: async () => (await import('node:fs')).writeFileSync('/tmp/interlock-sandbox-was-here', 'x'),
  worker: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
  wasi: async () => new (await import('node:wasi')).WASI({ version: 'preview1' }),
  inspector: async () => (await import('node:inspector')).open(0),
  evaluate: async () => new Function('return 1')(),
  binding: async () => process.binding('spawn_sync'),
};
const found = { variables: Object.keys(process.env).filter((name) => !/^(PWD|OLDPWD|SHLVL|_)$/.test(name)) };
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    found[name] = 'done';
  } catch (error) {
    found[name] = error.code ?? error.name;
  }
}
console.log(JSON.stringify(found));
process.exit();
