import { stringify } from 'yaml';
import { composeFile, temporalConfigFile } from './compose.ts';
import { temporalDynamicConfig } from './description.ts';
import { kubernetesFiles } from './kubernetes.ts';

const written = '# Written by `npm run deploy:files` from dev/deploy/description.ts. Do not edit.\n';

const composeWords = `${written}#
# The production-like set: PostgreSQL, Temporal on that PostgreSQL, Temporal Web, API (with its own execution
# worker), further workers. \`docker compose up --build\`, then http://localhost:4400 and http://localhost:8080.
# Secrets come from the environment or an \`.env\` file beside this one; there are no defaults for them
# (docs/operations.md, "Containers", says how to make them). It is for trying out and as a pattern, not for production.
`;

/** Every file of a deployment, by its path from the root of the repository. */
export function deploymentFiles(): Map<string, string> {
  const files = new Map([
    ['docker-compose.yml', composeWords + yaml(composeFile())],
    [temporalConfigFile, written + yaml(temporalDynamicConfig)],
  ]);
  for (const [name, objects] of Object.entries(kubernetesFiles()))
    files.set(
      `deploy/kubernetes/${name}`,
      written + objects.map((each) => yaml(each.toJSON())).join('---\n'),
    );
  return files;
}

/** As YAML 1.1, which Kubernetes reads: texts such as `no` are quoted. */
function yaml(value: unknown): string {
  return stringify(value, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}
