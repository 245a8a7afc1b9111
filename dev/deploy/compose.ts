import {
  fileSettings,
  gracePeriodSeconds,
  logins,
  migration,
  ports,
  probes,
  processes,
  secrets,
  sharedSettings,
  targets,
} from './description.ts';

const database = 'interlock';
const required = (name: string, hint = `set ${name}`) => `\${${name}:?${hint}}`;
const byDefault = (name: string, value: string) => `\${${name}:-${value}}`;
const urlOf = (login: string, password: string) =>
  `postgres://${login}:${password}@postgres:5432/${database}`;
/** Those of one machine. */
const services = processes.flatMap(({ roles: { compose }, ...each }) =>
  compose === null ? [] : [{ ...each, compose }],
);
const superuserPassword = required('POSTGRES_PASSWORD');

/** Relative to the root of the repository. */
export const temporalConfigFile = 'deploy/temporal/dynamic-config.yaml';

/** A program for `node -e` in the container of a process: exits with 0 when it is ready. The Dockerfile has it too. */
export const readinessCheck = `fetch('http://127.0.0.1:' + (process.env.INTERLOCK_PORT || ${ports.http}) + '${probes.ready}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;

const app = {
  build: '.',
  image: 'interlock:local',
  restart: 'unless-stopped',
  init: true,
  stop_grace_period: `${gracePeriodSeconds(targets.compose)}s`,
  // The processes write nothing.
  read_only: true,
  tmpfs: ['/tmp'],
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
};

const settings = {
  ...Object.fromEntries(
    logins.map(({ login, url, password }) => [url, urlOf(login, required(password))] as const),
  ),
  ...Object.fromEntries(Object.entries(secrets).map(([name, hint]) => [name, required(name, hint)] as const)),
  ...sharedSettings,
  TEMPORAL_ADDRESS: 'temporal:7233',
  INTERLOCK_STOP_DELAY_SECONDS: String(targets.compose.stopDelaySeconds),
  INTERLOCK_PUBLIC_URL: byDefault('INTERLOCK_PUBLIC_URL', `http://localhost:${ports.http}`),
  INTERLOCK_TEMPORAL_UI_URL: byDefault('INTERLOCK_TEMPORAL_UI_URL', 'http://localhost:8080'),
  ...Object.fromEntries(fileSettings.map((name) => [name, byDefault(name, '')] as const)),
  // No tool reaches the other services of the file.
  INTERLOCK_RESERVED_HOSTS: [
    ...services.map(({ name }) => `${name}:${ports.http}`),
    'temporal:7243',
    'temporal-ui:8080',
  ].join(', '),
};

/** The production-like set: everything that Interlock needs, on one machine. */
export function composeFile() {
  return {
    name: 'interlock',
    services: {
      postgres: {
        image: 'postgres:18',
        restart: 'unless-stopped',
        // Temporal's services have pools of their own, and share this server.
        command: ['postgres', '-c', 'max_connections=300'],
        environment: {
          POSTGRES_USER: 'postgres',
          POSTGRES_PASSWORD: superuserPassword,
          POSTGRES_DB: database,
        },
        volumes: ['postgres-data:/var/lib/postgresql'],
        healthcheck: {
          test: ['CMD-SHELL', `pg_isready -U postgres -d ${database}`],
          interval: '5s',
          timeout: '3s',
          retries: 20,
        },
      },
      temporal: {
        image: 'temporalio/auto-setup:1.29.7',
        restart: 'unless-stopped',
        depends_on: { postgres: { condition: 'service_healthy' } },
        environment: {
          DB: 'postgres12',
          DB_PORT: '5432',
          POSTGRES_SEEDS: 'postgres',
          POSTGRES_USER: 'postgres',
          POSTGRES_PWD: superuserPassword,
          NUM_HISTORY_SHARDS: '512',
          DYNAMIC_CONFIG_FILE_PATH: '/etc/temporal/interlock-dynamic-config.yaml',
        },
        configs: [
          { source: 'temporal-dynamic-config', target: '/etc/temporal/interlock-dynamic-config.yaml' },
        ],
        healthcheck: {
          test: ['CMD-SHELL', 'temporal operator cluster health --address $$(hostname -i):7233'],
          interval: '10s',
          timeout: '5s',
          retries: 30,
        },
      },
      'temporal-ui': {
        image: 'temporalio/ui:2.42.1',
        restart: 'unless-stopped',
        depends_on: ['temporal'],
        environment: { TEMPORAL_ADDRESS: 'temporal:7233' },
        ports: ['127.0.0.1:8080:8080'],
      },
      migrate: {
        ...app,
        command: migration.command,
        restart: 'no',
        depends_on: { postgres: { condition: 'service_healthy' } },
        environment: {
          [migration.ownerUrl]: urlOf('postgres', superuserPassword),
          ...Object.fromEntries(logins.map(({ password }) => [password, required(password)] as const)),
        },
      },
      ...Object.fromEntries(services.map((each) => [each.name, processService(each)] as const)),
    },
    configs: { 'temporal-dynamic-config': { file: `./${temporalConfigFile}` } },
    volumes: { 'postgres-data': {} },
  };
}

function processService(each: (typeof services)[number]) {
  return {
    ...app,
    environment: { ...settings, INTERLOCK_ROLES: each.compose },
    depends_on: {
      migrate: { condition: 'service_completed_successfully' },
      temporal: { condition: 'service_healthy' },
    },
    ...(each.paths.length > 0 && { ports: [`127.0.0.1:${ports.http}:${ports.http}`] }),
    // A worker by itself listens too, for its health alone.
    healthcheck: { test: ['CMD', 'node', '-e', readinessCheck], interval: '10s', timeout: '5s', retries: 12 },
  };
}
