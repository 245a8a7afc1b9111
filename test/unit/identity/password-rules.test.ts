import { expect, test } from 'vitest';
import { passwordProblem } from '../../../shared/identity/server/password-rules.ts';

test.each([
  'short',
  'kettle9!',
  'password123!',
  'qwertyuiop',
  'Sunshine2024',
  'aaaaaaaaaaaa',
  '1234567890',
  'x'.repeat(129),
])('the password %s is refused', (password) => {
  expect(passwordProblem(password)).toMatch(/characters|common/);
});

test.each(['interlock-demo', 'correct horse battery', 'kettle orbit nine', '7319 4402 8851'])(
  'the password %s is accepted',
  (password) => {
    expect(passwordProblem(password)).toBeNull();
  },
);
