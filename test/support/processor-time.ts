/**
 * Starts to measure the processor time of this thread, in milliseconds: of work that waits for nothing it says how long the
 * work is, also on a machine that is busy with something else.
 */
export function processorTime(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
}
