import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import {
  completionProblem,
  previewProblem,
} from '../../../web/features/playbooks/parts/step-panel/step-problems.ts';

const issue = (path: string) => ({ path, message: 'Required', keyword: 'required' });
const refused = (interlock: object) =>
  TRPCClientError.from({ error: { message: '', code: -32600, data: { interlock } } });

describe('a preview that fails', () => {
  it('says why when no field explains it', () => {
    const error = refused({ code: 'disabled', message: 'The tool is disabled.' });
    expect(previewProblem(error)).toEqual({ issues: [], message: 'The tool is disabled.' });
    const withNone = refused({ code: 'not_found', message: 'Tool not found.', issues: [] });
    expect(previewProblem(withNone).message).toBe('Tool not found.');
  });

  it('marks the fields, and repeats nothing, when issues are located in them', () => {
    const error = refused({ code: 'invalid_input', message: 'Invalid.', issues: [issue('/amount')] });
    expect(previewProblem(error)).toEqual({ issues: [issue('/amount')], message: null });
  });

  it('says that the server is unreachable', () => {
    expect(previewProblem(new TRPCClientError('fetch failed')).message).toMatch(/^The server /);
  });
});

describe('a completion that fails', () => {
  it('locates issues of the input in the form', () => {
    const issues = [issue('/input/amount'), issue('/input'), issue('/reason')];
    expect(completionProblem({ issues, message: 'Invalid.' })).toEqual({
      issues: [issue('/amount'), issue('')],
      message: 'Fix the highlighted fields. Nothing was sent.',
    });
  });

  it('keeps the message when no issue is in the form', () => {
    const issues = [issue('/reason'), issue('/inputs')];
    expect(completionProblem({ issues, message: 'Reason is required.' })).toEqual({
      issues: [],
      message: 'Reason is required.',
    });
  });
});
