import { expect, test } from 'vitest';
import { createLiveRequest } from '../../../web/kit/document-form/live-request.ts';

test('whoever waits for a check that another one overtakes gets the response to the latest input', async () => {
  let input = 'old';
  const answers: ((answer: string) => void)[] = [];
  const live = createLiveRequest(
    () => input,
    (sent) => new Promise<string>((resolve) => answers.push((answer) => resolve(`${sent}: ${answer}`))),
  );
  input = 'new';
  const saving = live.run().then(() => live.response());
  const typing = live.run();
  answers[0]!('late');
  await new Promise((resolve) => setImmediate(resolve));
  answers[1]!('fine');
  expect(await saving).toBe('new: fine');
  await typing;
  expect([live.response(), live.busy()]).toEqual(['new: fine', false]);
});
