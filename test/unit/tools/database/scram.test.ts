import { expect, test } from 'vitest';
import { scramClient } from '../../../../shared/tools/providers/database/call/mongo-scram.ts';

const first = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';

test('SCRAM-SHA-256 says what the published example says (RFC 7677)', async () => {
  const client = scramClient('user', 'pencil', 'rOprNGfwEbeRWgbNEkqO');
  expect(client.first).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  expect(await client.final(first)).toBe(
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  );
  expect(client.verify('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true);
  expect(client.verify('v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
  expect(client.verify('e=other-error')).toBe(false);
});

test('a server that repeats another nonce, or asks for too much work, is not answered', async () => {
  const client = scramClient('user', 'pencil', 'rOprNGfwEbeRWgbNEkqO');
  await expect(client.final(first.replace('r=rOpr', 'r=other'))).rejects.toThrow('does not speak');
  await expect(client.final(first.replace('i=4096', 'i=99999999'))).rejects.toThrow('iterations');
  await expect(client.final('e=unknown-user')).rejects.toThrow('does not speak');
});
