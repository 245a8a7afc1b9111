import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import {
  gracePeriodSeconds,
  hasSecrets,
  heapMb,
  logins,
  migration,
  type Process,
  ports,
  probes,
  processes,
  secrets,
  sharedSettings,
  targets,
} from './description.ts';

const app = 'interlock';
const image = 'interlock';
/** Of the node image. */
const nodeUser = 1000;
/** What whoever deploys creates: what every process needs, what only the migration knows, and further settings, if any. */
const secretNames = { processes: app, migration: `${app}-migration`, further: `${app}-further` };
/** A name with the address of every pod, so that no tool reaches one. */
const podsName = `${app}-pods`;
const hostExample = 'interlock.example';

const labels = (component?: string) => ({
  'app.kubernetes.io/name': app,
  ...(component !== undefined && { 'app.kubernetes.io/component': component }),
});
const nameOf = ({ name }: Pick<Process, 'name'>) => `${app}-${name}`;
const open = processes.filter(({ paths }) => paths.length > 0);
const fromSecret = (name: string, key: string): IEnvVar => ({
  name: key,
  valueFrom: { secretKeyRef: { name, key } },
});
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

const config = new ConfigMap({
  metadata: { name: app, labels: labels() },
  data: {
    ...sharedSettings,
    NODE_OPTIONS: `--max-old-space-size=${heapMb}`,
    TEMPORAL_ADDRESS: 'temporal-frontend.temporal:7233',
    INTERLOCK_STOP_DELAY_SECONDS: String(targets.kubernetes.stopDelaySeconds),
    INTERLOCK_PUBLIC_URL: `https://${hostExample}`,
    // Where a process that serves pages alone finds the API.
    INTERLOCK_API_URL: `http://${nameOf({ name: 'api' })}:${ports.http}`,
    INTERLOCK_METRICS_HOST: '0.0.0.0',
    INTERLOCK_METRICS_PORT: String(ports.metrics),
    INTERLOCK_RESERVED_HOSTS: [
      ...open.map((each) => `${nameOf(each)}:${ports.http}`),
      `${podsName}:${ports.http}`,
      `${podsName}:${ports.metrics}`,
    ].join(', '),
  },
});

const account = new ServiceAccount({
  metadata: { name: app, labels: labels() },
  automountServiceAccountToken: false,
});

const container = {
  name: app,
  image,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
} satisfies IContainer;

const pod = {
  serviceAccountName: app,
  automountServiceAccountToken: false,
  // Kubernetes would set variables named after its services: with one named "interlock", INTERLOCK_PORT among them.
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: nodeUser,
    runAsGroup: nodeUser,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  volumes: [{ name: 'tmp', emptyDir: {} }],
} satisfies Partial<IPodSpec>;

const migrate = new Job({
  metadata: { name: `${app}-migrate`, labels: labels('migrate') },
  spec: {
    backoffLimit: 3,
    template: {
      metadata: { labels: labels('migrate') },
      spec: {
        ...pod,
        restartPolicy: 'Never',
        containers: [
          {
            ...container,
            command: migration.command,
            env: [migration.ownerUrl, ...logins.map(({ password }) => password)].map((key) =>
              fromSecret(secretNames.migration, key),
            ),
            resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
          },
        ],
      },
    },
  },
});

const secretSettings = [...logins.map(({ url }) => url), ...Object.keys(secrets)];

function deployment(each: Process): Deployment {
  const port = 'http';
  return new Deployment({
    metadata: { name: nameOf(each), labels: labels(each.name) },
    spec: {
      replicas: each.replicas,
      selector: { matchLabels: labels(each.name) },
      // One after the other, each replaced before it stops.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labels(each.name) },
        spec: {
          ...pod,
          terminationGracePeriodSeconds: gracePeriodSeconds(targets.kubernetes),
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels(each.name) },
            },
          ],
          containers: [
            {
              ...container,
              envFrom: [
                { configMapRef: { name: app } },
                ...(hasSecrets(each) ? [{ secretRef: { name: secretNames.further, optional: true } }] : []),
              ],
              env: [
                { name: 'INTERLOCK_ROLES', value: each.roles.kubernetes },
                ...(hasSecrets(each) ? secretSettings : []).map((key) =>
                  fromSecret(secretNames.processes, key),
                ),
              ],
              ports: [
                { name: port, containerPort: ports.http },
                { name: 'metrics', containerPort: ports.metrics },
              ],
              // A minute to begin to listen; then only a process that is stuck for a minute starts again.
              startupProbe: { httpGet: { path: probes.live, port }, periodSeconds: 2, failureThreshold: 30 },
              livenessProbe: {
                httpGet: { path: probes.live, port },
                periodSeconds: 10,
                timeoutSeconds: 5,
                failureThreshold: 6,
              },
              readinessProbe: {
                httpGet: { path: probes.ready, port },
                periodSeconds: 2,
                timeoutSeconds: 5,
                failureThreshold: 2,
              },
              resources: each.resources,
            },
          ],
        },
      },
    },
  });
}

function disruptions(each: Process): PodDisruptionBudget {
  return new PodDisruptionBudget({
    metadata: { name: nameOf(each), labels: labels(each.name) },
    spec: { maxUnavailable: 1, selector: { matchLabels: labels(each.name) } },
  });
}

function service(each: Process): Service {
  return new Service({
    metadata: { name: nameOf(each), labels: labels(each.name) },
    spec: {
      selector: labels(each.name),
      ports: [{ name: 'http', port: ports.http, targetPort: 'http' }],
    },
  });
}

const pods = new Service({
  metadata: { name: podsName, labels: labels() },
  spec: {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: labels(),
    ports: [
      { name: 'http', port: ports.http, targetPort: 'http' },
      { name: 'metrics', port: ports.metrics, targetPort: 'metrics' },
    ],
  },
});

/** One host: the pages, and beside them the paths of the API, which do not pass through the processes of the pages. */
const ingress = new Ingress({
  metadata: { name: app, labels: labels() },
  spec: {
    tls: [{ hosts: [hostExample], secretName: `${app}-tls` }],
    rules: [
      {
        host: hostExample,
        http: {
          paths: open.flatMap((each) =>
            each.paths.map((path) => ({
              path,
              pathType: 'Prefix' as const,
              backend: { service: { name: nameOf(each), port: { name: 'http' } } },
            })),
          ),
        },
      },
    ],
  },
});

/** Pods of Interlock take no connection but those that another policy allows. The probes of a node always pass. */
const metricsOnly = new NetworkPolicy({
  metadata: { name: app, labels: labels() },
  spec: {
    podSelector: { matchLabels: labels() },
    policyTypes: ['Ingress'],
    ingress: [{ from: [inNamespace('monitoring')], ports: [{ protocol: 'TCP', port: ports.metrics }] }],
  },
});

/** Pages ask the API whether it is ready, and forward what reaches them. */
function fromOutside(each: Process): NetworkPolicy {
  const web = { podSelector: { matchLabels: labels('web') } };
  return new NetworkPolicy({
    metadata: { name: nameOf(each), labels: labels(each.name) },
    spec: {
      podSelector: { matchLabels: labels(each.name) },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [inNamespace('ingress-nginx'), ...(each.name === 'api' ? [web] : [])],
          ports: [{ protocol: 'TCP', port: ports.http }],
        },
      ],
    },
  });
}

/** The objects, by file. The migration is applied after the configuration and before the processes. */
export function kubernetesFiles() {
  return {
    'config.yaml': [config, account, pods],
    'migrate.yaml': [migrate],
    ...Object.fromEntries(
      processes.map(
        (each) =>
          [
            `${each.name}.yaml`,
            [deployment(each), disruptions(each), ...(open.includes(each) ? [service(each)] : [])],
          ] as const,
      ),
    ),
    'network.yaml': [ingress, metricsOnly, ...open.map(fromOutside)],
  };
}
