import type { Issue } from '../../../platform/error-codes.ts';
import { pointerSteps } from '../../../platform/json-pointer.ts';
import { subschemas } from '../../../platform/server/json-schema/subschemas.ts';
import { headerKeyword, headerProblem } from '../../providers/mcp/param-headers.ts';

/** Where an input schema asks for headers in a way that the protocol does not have: such a tool may not be used. */
export function checkParamHeaders(schema: unknown, basePath: string): Issue[] {
  const asked = subschemas(schema, basePath).filter(({ schema }) => schema[headerKeyword] !== undefined);
  const names = new Set<string>();
  return asked.flatMap(({ schema, path }) => {
    const name = String(schema[headerKeyword]).toLowerCase();
    const problem =
      headerProblem(schema) ??
      (isProperty(path.slice(basePath.length))
        ? null
        : 'belongs to a property that is always at one place') ??
      (names.has(name) ? 'is asked for twice' : null);
    names.add(name);
    if (problem === null) return [];
    const message = `The header "${schema[headerKeyword]}" of ${headerKeyword} ${problem}`;
    return [{ path: `${path}/${headerKeyword}`, message, keyword: headerKeyword }];
  });
}

/** Of the inputs, or of an object among them: not of an item of a list, nor of one form among others. */
function isProperty(path: string): boolean {
  const steps = pointerSteps(path);
  return steps.length > 0 && steps.every((step, index) => index % 2 === 1 || step === 'properties');
}
