/** Appends one step to a JSON Pointer (RFC 6901). */
export function pointer(base: string, ...steps: (string | number)[]): string {
  return steps.reduce<string>((path, step) => `${path}/${escapeStep(String(step))}`, base);
}

/** The steps of a JSON Pointer; a pointer that does not begin with `/` has none. */
export function pointerSteps(path: string): string[] {
  if (!path.startsWith('/')) return [];
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escapeStep(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}
