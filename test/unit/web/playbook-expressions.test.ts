import { describe, expect, it } from 'vitest';
import { complete, completionAt, matchingPaths } from '../../../web/features/playbooks/edit/completion.ts';
import { mappingRows, valueOfText } from '../../../web/features/playbooks/edit/mapping-value.ts';
import { earlierSteps, scopePaths } from '../../../web/features/playbooks/edit/scope-paths.ts';
import { durationOf, textOfDuration } from '../../../web/kit/document-form/duration-text.ts';

const manual = (id: string, properties?: object) => ({
  id,
  type: 'manual',
  title: id,
  ...(properties && { form: { type: 'object', properties } }),
});
const document = {
  triggers: [{ domain: 'payments' }],
  inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
  steps: [
    manual('check', { refund: { type: 'boolean' }, 'odd name': { type: 'string' } }),
    {
      id: 'choice',
      type: 'decision',
      title: 'Choice',
      options: [
        { id: 'yes', title: 'Yes', steps: [manual('one')] },
        { id: 'no', title: 'No', steps: [manual('two'), { id: 'pay', type: 'call_tool', tool: 'refund' }] },
      ],
    },
    manual('after'),
  ],
};
const known = {
  attributes: {
    payments: { type: 'object', properties: { paymentId: { type: 'string' } } },
    shipping: { type: 'object', properties: { parcel: { type: 'string' } } },
  },
  outputs: { refund: { type: 'object', properties: { refundId: { type: 'string' } } } },
};

describe('what an expression may name', () => {
  it('is what has happened before the step: not itself, not what is around it, not other options', () => {
    expect(earlierSteps(document, '/steps/1/options/1/steps/1')).toEqual([
      '/steps/0',
      '/steps/1/options/1/steps/0',
    ]);
    expect(earlierSteps(document, '/steps/2')).toEqual([
      '/steps/0',
      '/steps/1',
      '/steps/1/options/0/steps/0',
      '/steps/1/options/1/steps/0',
      '/steps/1/options/1/steps/1',
    ]);
  });

  it('are the attributes of the domains it is for, its input, and the outputs of earlier steps', () => {
    const paths = scopePaths(document, '/steps/2', known).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'exception.attributes.paymentId',
        'exception.severity',
        'input.amount',
        'steps.check.output.refund',
        'steps.check.output.`odd name`',
        'steps.choice.outcome',
        'steps.pay.output.refundId',
        'run.startedBy',
      ]),
    );
    expect(paths).not.toContain('exception.attributes.parcel');
    expect(paths.some((path) => path.startsWith('steps.after'))).toBe(false);
  });
});

describe('completing a path', () => {
  const paths = scopePaths(document, '/steps/2', known);

  it('replaces what was typed of it, inside of ${{ }}', () => {
    const text = 'Refund ${{ input.am }} now';
    const at = completionAt(text, 19, 'template')!;
    expect(at.typed).toBe('input.am');
    const [first] = matchingPaths(paths, at.typed);
    expect(complete(text, at, first!.path)).toEqual({ text: 'Refund ${{ input.amount }} now', cursor: 23 });
  });

  it('puts ${{ }} around it in a text that had none', () => {
    const at = completionAt('pay $', 5, 'template')!;
    expect(complete('pay $', at, 'input.amount').text).toBe('pay ${{ input.amount }}');
  });

  it('closes what nothing closes yet', () => {
    const text = 'from ${{ in to ${{ run.id }}';
    expect(complete(text, completionAt(text, 11, 'template')!, 'input.amount').text).toBe(
      'from ${{ input.amount }} to ${{ run.id }}',
    );
  });

  it('needs no ${{ }} where everything is an expression, and offers nothing inside of a quoted text', () => {
    expect(completionAt('steps.check.outcome = "don', 26, 'expression')).toBeNull();
    expect(completionAt('input.amount > 3 and ste', 24, 'expression')).toMatchObject({ typed: 'ste' });
  });
});

describe('a mapped input', () => {
  it('is one row for every property, whatever the schema is made of', () => {
    const rows = mappingRows({
      allOf: [{ type: 'object', required: ['id'], properties: { id: { $ref: '#/$defs/id' } } }],
      properties: { urgent: { type: 'boolean' }, unit: { enum: ['kg', 'g'] }, list: { type: 'array' } },
      $defs: { id: { type: 'integer', title: 'Id' } },
    });
    expect(rows?.map(({ name, type, required }) => [name, type, required])).toEqual(
      expect.arrayContaining([
        ['id', 'whole number', true],
        ['urgent', 'yes or no', false],
        ['unit', 'one of', false],
        ['list', 'list', false],
      ]),
    );
    expect(mappingRows({})).toBeNull();
  });

  it('keeps the type of a literal, and an expression as it is written', () => {
    expect(valueOfText('12.5', 'number')).toBe(12.5);
    expect(valueOfText('12.5', 'text')).toBe('12.5');
    expect(valueOfText('true', 'boolean')).toBe(true);
    expect(valueOfText('[1, 2]', 'json')).toEqual([1, 2]);
    expect(valueOfText('${{ input.amount }}', 'number')).toBe('${{ input.amount }}');
    expect(valueOfText('twelve', 'number')).toBe('twelve');
    expect(valueOfText('', 'text')).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    ['4 h', 'PT4H'],
    ['1d 12h', 'P1DT12H'],
    ['90 min', 'PT90M'],
    ['2 weeks', 'P2W'],
    ['1 week 1 day', 'P8D'],
    ['pt4h', 'PT4H'],
    ['soon', 'soon'],
    ['3 lightyears', '3 lightyears'],
  ])('%s is %s', (text, iso) => expect(durationOf(text)).toBe(iso));

  it('is shown in words where these say all of it', () => {
    expect(textOfDuration('PT4H')).toBe('4 h');
    expect(textOfDuration('P1DT2H3M')).toBe('P1DT2H3M');
    expect(textOfDuration('soon')).toBe('soon');
  });
});
