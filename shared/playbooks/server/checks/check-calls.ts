import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { readsOnly } from '../../../tools/providers/registry.ts';
import type { LoadedTool } from '../../../tools/server/tool-service.ts';
import type { PlacedStep } from '../../playbook-document.ts';
import type { CallToolStep } from '../../steps/call-tool/definition.ts';
import type { PlaybookStep } from '../../steps/playbook/definition.ts';
import { runsPlaybook } from './catalog.ts';
import { expressionFacts } from './expression-facts.ts';
import { type Hole, inputIssues } from './input-issues.ts';
import { type ReferenceSource, resolveReference } from './scope-schemas.ts';
import { templateFields } from './step-expressions.ts';

/** Tools and playbooks that are not there, and inputs that they could never take. */
export function checkCalls(source: ReferenceSource): Issue[] {
  return source.placed.flatMap((placed) => {
    const { step, path } = placed;
    const issues =
      step.type === 'call_tool'
        ? checkToolStep(source, placed, step)
        : step.type === 'playbook'
          ? checkPlaybookStep(source, placed, step)
          : [];
    return issues.map((issue) => ({ ...issue, path: path + issue.path }));
  });
}

function checkToolStep(source: ReferenceSource, placed: PlacedStep, step: CallToolStep): Issue[] {
  const tool = usable(source, step, '');
  const issues = Array.isArray(tool)
    ? tool
    : checkTemplate(source, placed, step.input, '/input', tool.definition.inputSchema);
  if (!step.probe) return issues;
  const probe = usable(source, step.probe, '/probe');
  if (Array.isArray(probe)) return [...issues, ...probe];
  const { inputSchema } = probe.definition;
  return [
    ...issues,
    ...(readsOnly(probe.definition)
      ? []
      : [
          {
            path: '/probe/tool',
            message: `${step.probe.tool} changes something: a probe only reads`,
            keyword: 'probe',
          },
        ]),
    ...checkTemplate(source, placed, step.probe.input, '/probe/input', inputSchema),
  ];
}

function usable(
  { catalog }: ReferenceSource,
  { tool: name, version }: { tool: string; version?: number | undefined },
  at: string,
): LoadedTool | Issue[] {
  const tool = catalog.tool(name, version);
  if (tool === 'no_version')
    return [{ path: `${at}/version`, message: `${name} has no version ${version}`, keyword: 'tool' }];
  if (tool === null || tool.archived)
    return [{ path: `${at}/tool`, message: `There is no tool ${name}`, keyword: 'tool' }];
  if (!tool.enabled)
    return [
      { path: `${at}/tool`, message: `${name} is turned off for this organisation`, keyword: 'disabled' },
    ];
  return tool;
}

function checkPlaybookStep(source: ReferenceSource, placed: PlacedStep, step: PlaybookStep): Issue[] {
  const { catalog, document } = source;
  if (runsPlaybook(catalog, step.playbook, document.name)) {
    const message =
      step.playbook === document.name
        ? 'A playbook cannot run itself'
        : `${step.playbook} runs ${document.name}: they would run each other without end`;
    return [{ path: '/playbook', message, keyword: 'cycle' }];
  }
  const published = catalog.playbook(step.playbook);
  if (!published)
    return [
      {
        path: '/playbook',
        message: `There is no published playbook ${step.playbook}`,
        keyword: 'playbook',
      },
    ];
  return checkTemplate(source, placed, step.input, '/input', published.document.inputSchema);
}

function checkTemplate(
  source: ReferenceSource,
  placed: PlacedStep,
  template: JsonValue,
  path: string,
  schema: Record<string, unknown>,
): Issue[] {
  const holes = new Map<string, Hole>();
  for (const field of templateFields(template, '')) {
    if (!field.whole) holes.set(field.path, 'text');
    else {
      const read = expressionFacts(field.texts[0]!);
      holes.set(field.path, { types: 'facts' in read ? read.facts.types(typesOf) : null });
    }
  }
  return inputIssues(schema, template, holes).map((issue) => ({ ...issue, path: path + issue.path }));

  function typesOf({ names }: { names: string[] }): string[] | null {
    const found = resolveReference(source, placed, names, { roots: ['exception', 'input', 'steps', 'run'] });
    return 'problem' in found ? null : found.types;
  }
}
