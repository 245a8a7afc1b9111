import { isGrpcServiceError } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { ExecutionServices } from '../shared/executions/server/execution-services.ts';
import { type Loop, startLoop } from '../shared/platform/server/loop.ts';
import { within } from '../shared/platform/server/temporal/within.ts';

/** gRPC */
const notFound = 5;
const temporalDeadlineMs = 5000;

/**
 * Makes the first version of a worker deployment the current one, which begins new workflows. Later versions wait until
 * an operator makes them current.
 */
export function becomeCurrent(
  { temporal: { client }, log }: ExecutionServices,
  { deploymentName, buildId }: WorkerDeploymentVersion,
): Loop {
  const { namespace } = client.options;
  const { workflowService } = client;
  let settled = false;
  return startLoop('worker deployment', 1000, log, async () => {
    if (settled) return;
    await within(client, temporalDeadlineMs, async () => {
      const { workerDeploymentInfo, conflictToken } = await workflowService.describeWorkerDeployment({
        namespace,
        deploymentName,
      });
      const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId;
      if (!current) {
        await workflowService.setWorkerDeploymentCurrentVersion({
          namespace,
          deploymentName,
          buildId,
          conflictToken,
        });
        log.info(
          { deploymentName, buildId },
          'this worker version is the first one, and now the current one',
        );
      } else if (current !== buildId)
        log.warn(
          { deploymentName, buildId, current },
          'another worker version is the current one: this one begins no new workflows until it is made current',
        );
      settled = true;
    }).catch((error: unknown) => {
      // Temporal knows a deployment from its first poll on.
      if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
    });
  });
}
