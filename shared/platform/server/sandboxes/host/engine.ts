import type { CodeProblem, HostJob } from '../sandbox-protocol.ts';

/** A loaded engine, which runs one job. */
export interface LoadedEngine {
  /**
   * @param log takes parts of what the code prints; false: it wants no more
   * @returns the result as JSON
   * @throws ProblemError
   */
  run(job: HostJob, input: string, log: (text: string) => boolean): string;
}

export class ProblemError extends Error {
  readonly problem: CodeProblem;

  constructor(problem: CodeProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
