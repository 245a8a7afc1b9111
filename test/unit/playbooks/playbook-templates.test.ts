import { describe, expect, test } from 'vitest';
import { documentIssues } from '../../../shared/playbooks/server/check-document.ts';
import { parseShape } from '../../../shared/playbooks/server/check-shape.ts';
import { playbookTemplates } from '../../../shared/playbooks/templates/registry.ts';
import { fromTemplate, type PlaybookTemplate } from '../../../shared/playbooks/templates/template.ts';
import { catalogOf, tools } from './catalog-support.ts';

async function issues(document: unknown, catalog = catalogOf([])) {
  const parsed = parseShape(document);
  return parsed.document ? await documentIssues(parsed.document, catalog, 'tenant') : parsed.issues;
}
const toolStepOf = (template: PlaybookTemplate, tool?: string) =>
  fromTemplate(template, tool).steps.find(({ id }) => id === template.toolStep);

test('each template has its own id and name', () => {
  expect(new Set(playbookTemplates.map(({ id }) => id)).size).toBe(playbookTemplates.length);
  expect(new Set(playbookTemplates.map(({ document }) => document.name)).size).toBe(playbookTemplates.length);
});

describe.each([...playbookTemplates])('$id', (template) => {
  test('can be published as it is, in an organization without tools', async () => {
    expect(toolStepOf(template)?.type).toBe('manual');
    expect(await issues(fromTemplate(template, undefined))).toEqual([]);
  });

  test('can be published with a tool, in the place of a person', async () => {
    expect(toolStepOf(template, 'anything')).toMatchObject({ type: 'call_tool', tool: 'anything' });
    expect(await issues(fromTemplate(template, 'anything'), catalogOf(tools))).toEqual([]);
    expect(toolStepOf(template)?.type, 'the template itself is unchanged').toBe('manual');
  });

  test('says which tool is missing', async () => {
    const found = await issues(fromTemplate(template, 'not_there'));
    expect(found.map(({ path }) => path)).toEqual([expect.stringMatching(/\/tool$/)]);
  });

  test('asks someone for approval who has not taken part', () => {
    expect(JSON.stringify(template.document)).toContain('"type":"approval"');
    expect(JSON.stringify(template.document)).not.toContain('noSelfApproval');
  });
});
