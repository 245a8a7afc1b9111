import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  encryptPush,
  isPublicPoint,
  newKeys,
} from '../../../shared/notifications/server/push/encrypt-push.ts';
import { endpointProblem } from '../../../shared/notifications/server/push/push-services.ts';
import { readEnvironment } from '../../../shared/platform/server/environment.ts';
import { decryptPush, readVapid } from '../../support/push-service.ts';

const of = (text: string) => Buffer.from(text, 'base64url');
const keysOf = (secret: string) => {
  const keys = createECDH('prime256v1');
  keys.setPrivateKey(of(secret));
  return keys;
};

test('a message is encrypted as in appendix A of RFC 8291', () => {
  const browser = keysOf('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94');
  const auth = of('BTBZMqHH6r4Tts7J_aSIgg');
  const body = encryptPush(
    Buffer.from('When I grow up, I want to be a watermelon'),
    { p256dh: browser.getPublicKey(), auth },
    { keys: keysOf('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: of('DGv6ra1nlYgDCS1FRnbzlw') },
  );
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
  expect(decryptPush(body, browser, auth).toString()).toContain('watermelon');
  // Another browser, and a changed message.
  expect(() => decryptPush(body, newKeys(), auth)).toThrow();
  body[body.length - 1]! ^= 1;
  expect(() => decryptPush(body, browser, auth)).toThrow();
});

test('the token of RFC 8292 verifies, and one of another key does not', () => {
  const header = `vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs`;
  expect(readVapid(header).claims).toMatchObject({ aud: 'https://push.example.net' });
  const other = newKeys().getPublicKey('base64url');
  expect(() => readVapid(header.replace(/k=.*/, `k=${other}`))).toThrow();
});

test('only points on the curve are keys of a browser', () => {
  const point = newKeys().getPublicKey();
  expect(isPublicPoint(point)).toBe(true);
  expect(isPublicPoint(newKeys().getPublicKey(null, 'compressed'))).toBe(false);
  const off = Buffer.from(point);
  off[64]! ^= 1;
  for (const wrong of [off, Buffer.alloc(65, 4), Buffer.alloc(0), Buffer.alloc(65)])
    expect(isPublicPoint(wrong)).toBe(false);
});

test('an endpoint is at a push service that is known or configured, and nowhere else', () => {
  const settings = (INTERLOCK_PUSH_SERVICES: string) =>
    readEnvironment({
      DATABASE_URL: 'postgres://x_app_login@localhost/x',
      INTERLOCK_AUTH_SECRET: 'x'.repeat(32),
      INTERLOCK_PUSH_SERVICES,
    });
  const problem = (endpoint: string, services = '') => endpointProblem(endpoint, settings(services));
  for (const good of [
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
    'https://FCM.googleapis.com:443/x',
  ])
    expect(problem(good), good).toBeNull();
  for (const hostile of [
    '',
    'nowhere',
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilfcm.googleapis.com/x',
    'https://xpush.apple.com/x',
    'https://push.apple.com/x',
    'https://user:secret@fcm.googleapis.com/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])
    expect(problem(hostile), hostile).not.toBeNull();
  expect(problem('https://push.example/x', 'push.example')).toBeNull();
  expect(problem('https://push.example:8443/x', 'push.example')).not.toBeNull();
  expect(problem('https://a.push.example/x', '*.push.example, 127.0.0.1:5000')).toBeNull();
  expect(problem('http://127.0.0.1:5000/x', '127.0.0.1:5000')).toBeNull();
  expect(problem('http://127.0.0.1:5001/x', '127.0.0.1:5000')).not.toBeNull();
  expect(() => settings('https://push.example')).toThrow('INTERLOCK_PUSH_SERVICES');
});
