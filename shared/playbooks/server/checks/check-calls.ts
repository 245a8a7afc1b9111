import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { typesIn } from '../../../platform/server/expressions/expression-facts.ts';
import { templateFields } from '../../../platform/server/expressions/template-fields.ts';
import { type Hole, inputIssues } from '../../../platform/server/json-schema/input-issues.ts';
import { readsOnly } from '../../../tools/providers/registry.ts';
import type { LoadedTool } from '../../../tools/server/tool-service.ts';
import type { PlacedStep } from '../../playbook-document.ts';
import { definitionOf } from '../../steps/registry.ts';
import { issue, type PlaybookCall, scopeRoots, type ToolCall } from '../../steps/step-definition.ts';
import { runsPlaybook } from './catalog.ts';
import { type ReferenceSource, resolveReference } from './scope-schemas.ts';

/** Tools and playbooks that do not exist, and inputs that they can never accept. */
export async function checkCalls(source: ReferenceSource): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const placed of source.placed) {
    const { step, path } = placed;
    const definition = definitionOf(step);
    const found = await Promise.all([
      ...definition.toolCalls(step).map((call) => checkToolCall(source, placed, call)),
      ...definition.playbookCalls(step).map((call) => checkPlaybookCall(source, placed, call)),
    ]);
    issues.push(...found.flat().map((each) => ({ ...each, path: path + each.path })));
  }
  return issues;
}

async function checkToolCall(source: ReferenceSource, placed: PlacedStep, call: ToolCall): Promise<Issue[]> {
  const tool = usableTool(source, call);
  if (Array.isArray(tool)) return tool;
  const { definition } = tool;
  return [
    ...(call.probe && !readsOnly(definition)
      ? [issue(`${call.path}/tool`, `${call.tool} changes data: a probe must be read-only`, 'probe')]
      : []),
    ...(call.undoOnAbort && !definition.undo
      ? [issue('/undoOnAbort', `${call.tool} names no tool that undoes it`, 'undo')]
      : []),
    ...(await checkTemplate(
      source,
      placed,
      call.input,
      call.inputAt ?? `${call.path}/input`,
      definition.inputSchema,
    )),
  ];
}

function usableTool(
  { catalog }: ReferenceSource,
  { tool: name, version, path }: ToolCall,
): LoadedTool | Issue[] {
  const tool = catalog.tool(name, version);
  if (tool === 'no_version') return [issue(`${path}/version`, `${name} has no version ${version}`, 'tool')];
  if (tool === null || tool.archived)
    return [
      issue(
        `${path}/tool`,
        tool?.archived || catalog.archived?.(name)
          ? `The tool ${name} is archived: choose another one`
          : `Tool ${name} not found`,
        'tool',
      ),
    ];
  if (!tool.enabled) return [issue(`${path}/tool`, `${name} is disabled for this organization`, 'disabled')];
  return tool;
}

async function checkPlaybookCall(
  source: ReferenceSource,
  placed: PlacedStep,
  call: PlaybookCall,
): Promise<Issue[]> {
  const { catalog, document } = source;
  const { playbook: name, input } = call;
  if (runsPlaybook(catalog, name, document.name)) {
    const message =
      name === document.name
        ? 'A playbook cannot run itself'
        : `${name} runs ${document.name}: they would run each other in an endless loop`;
    return [issue('/playbook', message, 'cycle')];
  }
  const published = catalog.playbook(name);
  if (!published) return [issue('/playbook', `Published playbook ${name} not found`, 'playbook')];
  return checkTemplate(source, placed, input, '/input', published.document.inputSchema);
}

async function checkTemplate(
  source: ReferenceSource,
  placed: PlacedStep,
  template: JsonValue,
  path: string,
  schema: Record<string, unknown>,
): Promise<Issue[]> {
  const holes = new Map<string, Hole>();
  for (const field of templateFields(template, '')) {
    if (!field.whole) holes.set(field.path, 'text');
    else {
      const read = source.expressions(field.texts[0]!);
      holes.set(field.path, { types: 'facts' in read ? typesIn(read.facts.type, typesOf) : null });
    }
  }
  const issues = await inputIssues(schema, template, holes, source.tenantId);
  return issues.map((each) => ({ ...each, path: path + each.path }));

  function typesOf({ names }: { names: string[] }): string[] | null {
    const found = resolveReference(source, placed, names, { roots: scopeRoots });
    return 'problem' in found ? null : found.types;
  }
}
