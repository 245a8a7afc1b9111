/** Who may import whom. The folder says it; data flows one way. */
const forbid = (name, comment, from, to, extra = {}) => ({
  name,
  comment,
  severity: 'error',
  from,
  to: { ...to, ...extra },
});
/** An erased `import type` ties nothing at run time. */
const atRunTime = { dependencyTypesNot: ['type-only'] };

/** The effectful half of shared: `server` and `db` folders, and the half of a variant that acts. */
const effectful = [
  '^shared/[^/]+/(server|db)/',
  '^shared/[^/]+/(providers|auth|steps|connectors)/[^/]+/(call|apply|run|complete|offers)[./]',
];
const client = '^shared/client/';
/** Each may import those before it. */
const featureOrder = [
  'platform',
  'identity',
  'events',
  'search',
  'artifacts',
  'tools',
  'policies',
  'limits',
  'executions',
];
const pureLibraries = '^node_modules/(zod|jsonata|re2js|uuid|croner|graphql|ipaddr\\.js|@temporalio/common)/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules form a tree that can be read top down, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    forbid(
      'pure-is-pure',
      'The pure half of shared does no I/O: pure code and pure libraries only.',
      { path: '^shared/', pathNot: [...effectful, client] },
      { pathNot: ['^shared/(?!client)', pureLibraries] },
    ),
    forbid(
      'pure-imports-pure',
      'The pure half of shared imports nothing of the effectful half, types included.',
      { path: '^shared/', pathNot: [...effectful, client] },
      { path: effectful },
    ),
    ...featureOrder.map((feature, index) =>
      forbid(
        `${feature}-knows-only-what-is-below`,
        `Features build on each other in one direction: ${featureOrder.join(', ')}, then the rest.`,
        { path: `^shared/${feature}/` },
        { path: '^shared/', pathNot: `^shared/(${featureOrder.slice(0, index + 1).join('|')})/` },
      ),
    ),
    forbid(
      'cases-playbooks-webhooks-people-retention-erasure-and-egress-are-apart',
      'Exceptions, playbooks, webhooks, people, retention, erasure and egress build on executions and know nothing of each other.',
      { path: '^shared/(exceptions|playbooks|webhooks|people|retention|erasure|egress)/' },
      {
        path: '^shared/(exceptions|playbooks|webhooks|people|retention|erasure|egress)/',
        pathNot: '^shared/$1/',
      },
    ),
    forbid(
      'inbound-stands-above',
      'Inbound webhooks build on exceptions and playbooks, which know nothing of them.',
      { path: '^shared/(?!inbound/)' },
      { path: '^shared/inbound/' },
    ),
    forbid(
      'one-way-out',
      'Only the guarded egress opens connections to the outside. The page proxy reaches the API alone, the store of files its bucket.',
      {
        path: '^(api|shared|worker)/',
        pathNot: [
          '^shared/platform/server/egress/',
          '^api/(web-proxy|forward-sockets)\\.ts$',
          '^shared/artifacts/server/s3-store\\.ts$',
          client,
        ],
      },
      { path: '^(node_modules/undici/|(node:)?(http|https|http2|net|tls|dgram|dns)(/promises)?$)' },
      atRunTime,
    ),
    forbid(
      'workflows-are-pure',
      'Workflow code imports pure code, message definitions and activity types.',
      { path: '^worker/workflows' },
      {
        path: [
          ...effectful,
          '^(api|web|dev|test|shared/client|worker/(?!workflows))',
          '^(node:|fs|pg|undici)',
        ],
      },
      atRunTime,
    ),
    forbid(
      'web-imports-types-of-the-api',
      'The page takes types of the API and pure code.',
      { path: '^web' },
      { path: [...effectful, '^(api|worker|dev|test|shared/client)'] },
      atRunTime,
    ),
    forbid(
      'pages-do-not-import-pages',
      'A page imports the kit, its own folder and the parts of features.',
      { path: '^web/features/([^/]+)/([^/]+)/' },
      { path: '^web/features/', pathNot: '^web/features/($1/$2|[^/]+/parts)/' },
    ),
    forbid(
      'single-pages-do-not-import-pages',
      'The same for a feature of one page, whose files are not in a folder of their own.',
      { path: '^web/features/([^/]+)/[^/]+$' },
      { path: '^web/features/', pathNot: '^web/features/($1/|[^/]+/parts/)' },
    ),
    forbid(
      'kit-knows-no-feature',
      'The kit serves every feature and the shell, and knows none of them.',
      { path: '^web/(kit|api)/' },
      { path: '^web/(features|shell|routes|main)' },
    ),
    forbid(
      'shell-knows-no-feature',
      'The shell is around every page; only the routes know which pages there are.',
      { path: '^web/shell/' },
      { path: '^web/(features|routes|main)' },
    ),
    forbid(
      'shared-knows-no-process',
      'shared serves api and worker, not the other way round.',
      { path: '^shared/(?!client)' },
      { path: '^(api|worker|web|dev|test)/' },
    ),
    forbid(
      'client-stands-alone',
      'The client runs in other programs: its types come from the OpenAPI document, not from the house.',
      { path: '^shared/client' },
      { pathNot: ['^shared/client/', '^node_modules/standardwebhooks/'] },
    ),
    forbid(
      'client-is-for-others',
      'The product does not call itself through its own client. The command line is another program.',
      { path: '^(api|worker|web|shared/(?!client))', pathNot: '^api/cli/' },
      { path: '^shared/client' },
    ),
    forbid(
      'worker-knows-no-door',
      "The worker does the work; doors are the API's.",
      { path: '^worker' },
      { path: '^(api|web|dev|test)' },
      atRunTime,
    ),
    forbid(
      'api-starts-the-worker-only',
      'The API process has a worker of its own, started by the composition root.',
      { path: '^api/(?!compose\\.ts)' },
      { path: '^(worker|web|dev|test)' },
      atRunTime,
    ),
    forbid(
      'product-knows-no-demo',
      'The product does not know its demo or its tests.',
      { path: '^(api|worker|web|shared)' },
      { path: '^(dev|test)' },
    ),
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|svg|woff2)$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
