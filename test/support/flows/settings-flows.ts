import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { expect } from 'vitest';
import { createAuth } from '../../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../../shared/identity/server/seed-identity.ts';
import { PlainApp } from '../app-oauth.ts';
import { eventually } from '../eventually.ts';
import { testPassword } from '../test-api.ts';
import type { Desk, Flow } from './flow.ts';

const in30Seconds = { timeoutMs: 30_000 };
/** Until REST says so. */
const told = (check: () => Promise<boolean>) => eventually(check, in30Seconds);
// biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
type Row = any;
const items = async ({ rest }: Desk, path: string): Promise<Row[]> => (await rest('GET', path)).body.items;
/** A dialog that shows a secret once is closed by its button. */
const done = async ({ hands, inDialog, page }: Desk) => {
  await hands.press(inDialog('Done'));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const section = (id: string, more: readonly string[] = []) => [`settings/${id}`, ...more];

const people: readonly Flow[] = [
  {
    title: 'Invite someone, change what they may do, and remove them',
    on: section('members', ['/join']),
    async run(desk) {
      const { hands, open, button, inDialog, label, page, acme } = desk;
      const email = `cleo@${acme.slug}.test`;
      await open('settings/members');
      await hands.press(button('Invite someone'));
      await hands.fill(label('Email address'), email);
      await hands.check(page.getByRole('checkbox', { name: /^operator/i }));
      await hands.press(inDialog(/^Invite/));
      await page.getByText(`Invitation for ${email}`).waitFor();
      const link = (await page.locator('[data-secret]').textContent()) ?? '';
      await done(desk);

      await page.context().clearCookies();
      await page.goto(link);
      await hands.fill(label('Your name'), 'Cleo Cruz');
      await hands.fill(label('Choose a password'), 'kettle orbit nine');
      await hands.press(button(/^Join/));
      await page.waitForURL(/\/home/);
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await hands.fill(label('Email'), acme.email);
      await hands.fill(label('Password'), testPassword);
      await hands.press(button(/^Sign in$/));
      await page.waitForURL(/\/t\//);

      await open('settings/members');
      await hands.menu(button('More for Cleo Cruz'), 'Change roles');
      await hands.check(page.getByRole('checkbox', { name: /^approver/i }));
      await hands.press(inDialog(/^(Save|Change)/));
      await told(async () => {
        const found = (await items(desk, '/api/members')).find((each) => each.email === email);
        return found.roles.includes('approver') && found.roles.includes('operator');
      });
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hands.menu(button('More for Cleo Cruz'), 'Remove');
      await hands.press(inDialog(/^Remove/));
      await told(async () => (await items(desk, '/api/members')).every((each) => each.email !== email));
    },
  },
  {
    title: 'Make an API key, rotate and revoke it',
    on: section('api-keys'),
    async run(desk) {
      const { hands, open, button, inDialog, label, page, api } = desk;
      await open('settings/api-keys');
      await hands.press(button('New API key'));
      await hands.fill(page.getByRole('dialog').getByLabel('Name'), 'Order system');
      await hands.fill(label('Only from these addresses'), '127.0.0.0/8');
      await hands.press(inDialog('Make the key'));
      await page.getByText('The key Order system').waitFor();
      const key = (await page.locator('[data-secret]').textContent()) ?? '';
      await done(desk);
      expect((await api.call(key)('GET', '/api/me')).status).toBe(200);
      const more = button('More for Order system');
      await hands.menu(more, 'Rotate');
      await hands.press(inDialog(/^Rotate/));
      await page.getByRole('dialog').getByText('The value before stops working').waitFor();
      await done(desk);
      await hands.menu(more, 'Revoke');
      await hands.press(inDialog(/^Revoke/));
      await told(async () => (await api.call(key)('GET', '/api/me')).status === 401);
    },
  },
  {
    title: 'Rename the organization',
    on: section('organization'),
    async run({ hands, open, button, page, rest, acme }) {
      await open('settings/organization');
      await hands.fill(page.getByRole('textbox', { name: /name/i }).first(), 'Nordic Desk');
      await hands.press(button('Rename'));
      await told(async () => (await rest('GET', '/api/me')).body.tenant.name === 'Nordic Desk');
      expect(acme.slug).toBeTruthy();
    },
  },
];

const withOthers: readonly Flow[] = [
  {
    title: 'Let an app act for oneself, and end it',
    on: section('connected-apps', ['/connect-app/$uid']),
    async run(desk) {
      const { hands, open, button, inDialog, label, page, acme, api, provider } = desk;
      const callback = `${provider.url}/callback`;
      const app = new PlainApp(api);
      const registered = await app.register({ redirect_uris: [callback], client_name: 'Desk agent' });
      app.clientId = registered.body.client_id;
      await page.goto(app.authorizeUrl({ redirect_uri: callback }).href);
      await page.waitForURL(/\/sign-in/);
      await hands.fill(label('Email'), acme.email);
      await hands.fill(label('Password'), testPassword);
      await hands.press(button(/^Sign in$/));
      await hands.press(button('Allow'));
      await page.waitForURL(`${callback}**`);
      const code = new URL(page.url()).searchParams.get('code')!;
      expect((await app.exchange(code, { redirect_uri: callback })).status).toBe(200);
      await open('settings/connected-apps');
      await hands.press(button(/^Disconnect Desk agent/).first());
      await hands.press(inDialog(/^Disconnect/));
      await button(/^Disconnect Desk agent/).waitFor({ state: 'detached' });
    },
  },
  {
    title: 'Make another organization, as a platform admin',
    on: section('organizations'),
    async run(desk) {
      const { hands, open, button, label, page, acme, api } = desk;
      const { environment, db } = api.services;
      const auth = createAuth({
        pool: db.authPool,
        secret: environment.INTERLOCK_AUTH_SECRET,
        publicUrl: environment.publicUrl,
      });
      const email = `root@${acme.slug}.test`;
      const root = { email, name: 'Root', password: testPassword, memberships: [], platformAdmin: true };
      await seedIdentity(auth, { tenants: [{ slug: acme.slug, name: 'Acme' }], users: [root] });
      const as = async (who: string) => {
        await page.context().clearCookies();
        await page.goto('/sign-in');
        await hands.fill(label('Email'), who);
        await hands.fill(label('Password'), testPassword);
        await hands.press(button(/^Sign in$/));
        await page.waitForURL((url) => url.pathname !== '/sign-in');
      };
      await as(email);
      await open('settings/organizations');
      await hands.fill(
        page.getByRole('textbox', { name: /^Name$|Name of the organization|^Name(?! in)/ }).first(),
        'Nordic Desk',
      );
      await hands.fill(label('Name in URLs'), `nordic-${acme.slug}`);
      await hands.fill(label('Email address of the first tenant admin'), `nils@${acme.slug}.test`);
      await hands.press(button(/^Create/));
      await page.getByText('Nordic Desk was created').waitFor();
      await done(desk);
      await as(acme.email);
    },
  },
];

const calls: readonly Flow[] = [
  {
    title: 'Write a policy, try a call, disable it',
    on: section('policies'),
    async run(desk) {
      const { hands, open, button, page } = desk;
      await open('settings/policies');
      await hands.press(button('Add policy'));
      const sheet = page.getByRole('dialog', { name: 'Add policy' });
      // It begins with what it would save.
      expect(await sheet.getByLabel('What happens').inputValue()).toBe('require_approval');
      await hands.choose(sheet.getByLabel('What happens'), 'deny');
      await hands.choose(sheet.getByLabel('Tool', { exact: true }), 'refund_payment');
      await hands.check(sheet.getByRole('checkbox', { name: 'operators' }).first());
      await hands.choose(sheet.getByLabel('Field'), 'amount');
      await hands.fill(sheet.getByLabel('Value'), '500');
      await hands.press(sheet.getByRole('button', { name: 'Add', exact: true }));
      await hands.press(sheet.getByRole('button', { name: 'Save' }));
      await sheet.waitFor({ state: 'detached' });
      await told(async () => (await items(desk, '/api/policies')).some((each) => each.effect === 'deny'));
      await hands.press(button('Try a call'));
      const simulator = page.getByRole('dialog', { name: 'Try a call' });
      await hands.choose(simulator.getByLabel('Tool', { exact: true }), 'refund_payment');
      await hands.fill(simulator.getByLabel(/^Amount/), '612');
      await hands.press(simulator.getByRole('button', { name: 'Decide' }));
      await simulator
        .getByRole('region', { name: 'Decision' })
        .getByText('Denied', { exact: true })
        .waitFor();
      await hands.press(simulator.getByRole('button', { name: 'Close' }).first());
      await hands.press(page.getByRole('list', { name: 'Policies' }).getByRole('switch').first());
      await told(async () => (await items(desk, '/api/policies')).every((each) => !each.enabled));
    },
  },
  {
    title: 'Bound the calls of the organization; hold a host and let it go on',
    on: section('limits'),
    async run({ hands, open, button, inDialog, label, page, rest }) {
      await open('settings/limits');
      await hands.fill(label('Executions per minute'), '600');
      await hands.press(button('Add host'));
      await hands.fill(page.getByLabel('Host 1', { exact: true }), 'pay.example:443');
      await hands.fill(page.getByLabel('Calls at once', { exact: true }), '4');
      await hands.press(button(/^Save/));
      await told(async () => (await rest('GET', '/api/limits')).body.tenant.hosts?.[0]?.concurrency === 4);
      await hands.press(button('Hold calls to a host'));
      await hands.fill(page.getByRole('dialog').getByLabel('Host'), 'slow.example:443');
      await hands.fill(label('Reason'), 'Maintenance until 18:00.');
      await hands.press(inDialog('Hold'));
      await page.getByRole('list', { name: 'Hosts' }).getByText('Held by hand').waitFor();
      await hands.press(button('Reset slow.example:443'));
      await hands.press(inDialog('Reset'));
      await page.getByRole('list', { name: 'Hosts' }).getByText('Calls go on').waitFor();
    },
  },
  {
    title: 'Allow a private address',
    on: section('private-addresses'),
    async run({ hands, open, button, label, rest, provider }) {
      await open('settings/private-addresses');
      await hands.fill(label('One host:port per line'), `${provider.host}\n10.0.0.1:8080`);
      await hands.press(button('Save'));
      await told(async () =>
        (await rest('GET', '/api/settings/egress')).body.privateHosts.includes('10.0.0.1:8080'),
      );
    },
  },
  {
    title: 'List the hosts that may be reached',
    on: section('egress'),
    async run({ hands, open, button, label, rest }) {
      await open('settings/egress');
      await hands.fill(label('One host per line'), 'pay.example:443');
      await hands.press(button(/^Save/));
      await told(async () =>
        JSON.stringify((await rest('GET', '/api/settings/egress')).body.allowList).includes('pay.example'),
      );
    },
  },
  {
    title: 'Choose what is redacted',
    on: section('redaction'),
    async run({ hands, open, button, label, page, rest }) {
      await open('settings/redaction');
      await hands.choose(page.getByRole('combobox', { name: 'Email address' }), 'Mask');
      await hands.fill(label('Try a text or JSON'), '{"to": "ana@acme.example"}');
      await hands.press(button('Try'));
      await page.getByRole('list', { name: 'Found' }).getByText('Email address').waitFor();
      await hands.press(button(/^Save/));
      await told(async () => (await rest('GET', '/api/settings/redaction')).body.kinds.email === 'mask');
    },
  },
  {
    title: 'Add a webhook, change it, replace its secret, remove it',
    on: section('webhooks'),
    async run(desk) {
      const { hands, open, button, inDialog, label, page, provider } = desk;
      const list = () => items(desk, '/api/webhooks');
      await open('settings/webhooks');
      await hands.press(button('Add endpoint'));
      await hands.fill(label('URL'), `${provider.url}/hooks`);
      await hands.press(page.locator('summary', { hasText: /^Exception/ }));
      await hands.check(page.getByRole('checkbox', { name: 'ExceptionCreated', exact: true }));
      await hands.press(inDialog('Add'));
      await page.getByRole('dialog', { name: /^Signing secret/ }).waitFor();
      await done(desk);
      const more = button(`More for ${provider.host}`);
      await hands.menu(more, 'Edit');
      await hands.fill(label('Description'), 'The engine');
      await hands.press(inDialog('Save'));
      await told(async () => (await list())[0].description === 'The engine');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hands.press(page.getByRole('switch', { name: `Enable ${provider.host}` }));
      await told(async () => !(await list())[0].enabled);
      await hands.press(button(`Show deliveries to ${provider.host}`));
      await page.getByRole('dialog', { name: /^Deliveries/ }).waitFor();
      await hands.press(inDialog('Close'));
      await hands.menu(more, 'Replace secret');
      await hands.press(inDialog('Replace secret'));
      await page.getByText('The previous secret stays valid').waitFor();
      await done(desk);
      await hands.menu(more, 'Remove');
      await hands.press(inDialog('Remove'));
      await told(async () => (await list()).length === 0);
    },
  },
  {
    title: 'Make a tool a channel, try it, disable and remove it',
    on: section('notification-channels'),
    async run(desk) {
      const { hands, open, button, inDialog, label, page } = desk;
      const list = () => items(desk, '/api/notification-channels');
      await open('settings/notification-channels');
      await hands.press(button('Add channel'));
      await hands.fill(page.getByRole('dialog').getByLabel('Name'), 'Team chat');
      await hands.choose(page.getByRole('dialog').getByLabel('Tool'), 'Post a message');
      await hands.fill(label('Inputs (JSON)'), '{"text": "${{ notice.text }}"}');
      await hands.press(inDialog('Add'));
      await told(async () => (await list()).length === 1);
      await hands.press(button('Send a test by Team chat'));
      await page.getByRole('link', { name: 'Show the test' }).waitFor();
      await hands.press(page.getByRole('switch', { name: 'Enable Team chat' }));
      await told(async () => !(await list())[0].enabled);
      await hands.menu(button('More for Team chat'), 'Remove');
      await hands.press(inDialog('Remove'));
      await told(async () => (await list()).length === 0);
    },
  },
];

const secrets: readonly Flow[] = [
  {
    title: 'Store a credential, rotate it, change where it may be sent',
    on: section('credentials', ['/settings/credentials/new', '/settings/credentials/$credentialId']),
    async run(desk) {
      const { hands, open, button, inDialog, label, page, provider } = desk;
      await open('settings/credentials/new');
      await hands.fill(label(/^Name/).first(), 'Payment provider');
      await hands.choose(label('Kind'), 'api_key');
      await hands.fill(label('Name of the header, parameter or cookie'), 'x-key');
      await hands.fill(label(/^Key/).last(), 'first-key-7Yq');
      await hands.fill(page.getByRole('textbox', { name: 'Host 1' }), provider.host);
      await hands.press(button(/^(Save|Store|Create)/));
      await page.waitForURL(/settings\/credentials\/[0-9a-f-]{36}$/);
      const [made] = await items(desk, '/api/credentials');
      expect(made).toMatchObject({ name: 'Payment provider', version: 1 });
      await hands.press(button('Test'));
      await hands.fill(page.getByRole('dialog').getByLabel('URL'), `${provider.url}/me`);
      await hands.press(inDialog('Send'));
      await page.getByText('The provider accepted it (200).').waitFor();
      await hands.press(button('Rotate'));
      await hands.fill(page.getByRole('dialog').getByLabel('New value'), 'second-key-8Zr');
      await hands.press(inDialog(/^Rotate/));
      await told(async () => (await items(desk, '/api/credentials'))[0].version === 2);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hands.press(button('Edit'));
      await hands.fill(page.getByRole('dialog').getByLabel(/^Name/), 'The provider');
      await hands.press(inDialog(/^Save/));
      await told(async () => (await items(desk, '/api/credentials'))[0].name === 'The provider');
    },
  },
];

const records: readonly Flow[] = [
  {
    title: 'Bound how long records are kept',
    on: section('retention'),
    async run({ hands, open, button, page, rest }) {
      await open('settings/retention');
      await hands.fill(page.getByLabel('Payloads', { exact: true }), '90');
      await hands.press(button(/^Save/));
      await told(async () => (await rest('GET', '/api/settings/retention')).body.payloadDays === 90);
    },
  },
  {
    title: 'Place a legal hold and release it',
    on: section('legal-holds'),
    async run({ hands, open, button, inDialog, label, page }) {
      await open('settings/legal-holds');
      await hands.press(button('Place hold'));
      await hands.choose(label('Covers'), 'Executions');
      await hands.fill(label('Requested from'), '2031-01-01');
      await hands.fill(label('Reason'), 'Claim 17 of a customer');
      await hands.press(inDialog('Place'));
      await page.getByText('All executions from 2031-01-01').waitFor();
      await hands.press(button(/^Release All executions/));
      await hands.fill(label('Reason'), 'The claim is settled');
      await hands.press(inDialog('Release'));
      await page.getByText(/The claim is settled/).waitFor();
    },
  },
  {
    title: 'Search for the personal data of someone',
    on: section('personal-data'),
    async run(desk) {
      const { hands, open, button, inDialog, label } = desk;
      await open('settings/personal-data');
      await hands.press(button('Search for a person'));
      await hands.fill(label('Exact values'), 'mia@customer.example');
      await hands.press(inDialog(/^Search/));
      await told(async () => (await items(desk, '/api/personal-data/searches')).length === 1);
    },
  },
];

const cases: readonly Flow[] = [
  {
    title: 'Add a domain of exceptions',
    on: section('exception-domains'),
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      await open('settings/exception-domains');
      await hands.press(button('New domain'));
      const dialog = page.getByRole('dialog');
      await hands.fill(dialog.getByLabel(/^Title/).first(), 'Payments');
      await hands.fill(dialog.getByLabel(/^Name/).first(), 'payments');
      await hands.press(inDialog('Save'));
      await told(async () =>
        (await items(desk, '/api/exception-domains')).some((each) => each.name === 'payments'),
      );
    },
  },
  {
    title: 'Add an inbound webhook, change it, send it a test',
    on: section('inbound-webhooks', ['/settings/inbound-webhooks/$webhookId']),
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      await open('settings/inbound-webhooks');
      await hands.press(button('Add endpoint'));
      const adding = page.getByRole('dialog', { name: 'Add endpoint' });
      await hands.choose(adding.getByLabel('What sends to it'), 'alertmanager');
      await hands.press(inDialog('Add endpoint'));
      await page.getByRole('dialog', { name: /^Connect/ }).waitFor();
      await done(desk);
      await hands.press(page.getByRole('link', { name: 'Prometheus Alertmanager' }));
      await hands.press(button('Edit'));
      await hands.fill(page.getByRole('dialog').getByLabel('Deliveries a minute'), '90');
      await hands.press(inDialog('Save'));
      await page.getByText('90 a minute').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hands.press(button('Send a test'));
      await hands.press(inDialog('Send'));
      await page.getByRole('dialog').getByText('HTTP 202').waitFor();
      await hands.press(inDialog('Close'));
      await hands.press(button('Edit actions'));
      const editor = page.getByRole('dialog', { name: /^Actions of/ });
      await hands.fill(editor.getByLabel('Title').first(), 'Alert ${{ item.labels.alertname }}');
      await hands.press(editor.getByRole('button', { name: 'Save' }));
      await editor.waitFor({ state: 'detached' });
      const [{ id }] = await items(desk, '/api/inbound-webhooks');
      const { body } = await desk.rest('GET', `/api/inbound-webhooks/${id}`);
      expect(JSON.stringify(body)).toContain('Alert ${{ item.labels.alertname }}');
    },
  },
  {
    title: 'Write two rules and change their order',
    on: section('rules'),
    async run(desk) {
      const { hands, open, button, page } = desk;
      const names = async () => (await items(desk, '/api/exception-rules')).map((each) => each.name);
      await open('settings/rules');
      for (const name of ['Outages', 'Drills']) {
        await hands.press(button('Add rule'));
        const sheet = page.getByRole('dialog', { name: 'Add rule' });
        await hands.fill(sheet.getByLabel('Name'), name);
        await hands.choose(sheet.getByLabel('Severity to'), 'critical');
        await hands.press(sheet.getByRole('button', { name: 'Save' }));
        await sheet.waitFor({ state: 'detached' });
        await told(async () => (await names()).includes(name));
      }
      await hands.menu(button('More for Outages'), 'Edit');
      const editing = page.getByRole('dialog', { name: 'Edit Outages' });
      await editing.waitFor();
      expect(await editing.getByLabel('Severity to').inputValue()).toBe('critical');
      await hands.press(editing.getByRole('button', { name: 'Cancel' }));
      await editing.waitFor({ state: 'detached' });
      await hands.press(button('Move Drills up'));
      await told(async () => (await names())[0] === 'Drills');
    },
  },
];

const ownThings: readonly Flow[] = [
  {
    title: 'Change the name, language and password; end the session',
    on: ['/profile', '/sign-in'],
    async run({ hands, open, button, label, page, acme, api }) {
      await open('profile');
      await hands.fill(label('The name that others see'), 'Ana Two');
      await hands.press(page.getByRole('button', { name: 'Save', exact: true }).first());
      await page.getByText('Name changed').waitFor();
      await hands.fill(label('Time zone'), 'Europe/Berlin');
      await hands.press(button('Use these'));
      await page.waitForLoadState('load');
      await label('Time zone').waitFor();
      await hands.fill(label('Current password'), testPassword);
      await hands.fill(label('New password'), 'anchor pebble seven');
      await hands.press(button(/^Change( the)? password/));
      await page.getByText('Password changed.').waitFor();
      expect((await api.signIn(acme.email, 'anchor pebble seven')).status).toBe(200);
      await hands.fill(label('Current password'), 'anchor pebble seven');
      await hands.fill(label('New password'), testPassword);
      await hands.press(button(/^Change( the)? password/));
      await eventually(async () => (await api.signIn(acme.email, testPassword)).status === 200);
    },
  },
  {
    title: 'Set up an authenticator app and turn it off',
    on: ['/profile'],
    async run({ hands, open, button, inDialog, label, page }) {
      await open('profile');
      await hands.press(button('Set up'));
      await hands.fill(label('Your password'), testPassword);
      await hands.press(inDialog('Continue'));
      const secret = (await page.getByRole('dialog').locator('code').textContent())!;
      const code = await createOTP(new TextDecoder().decode(base32.decode(secret))).totp();
      await hands.fill(label('Code'), code);
      await hands.press(inDialog('Turn on'));
      await page.getByRole('dialog', { name: 'Backup codes' }).waitFor();
      await hands.press(inDialog('Done'));
      await hands.press(button('Turn off'));
      await hands.fill(label('Your password'), testPassword);
      await hands.press(inDialog('Turn off'));
      await button('Set up').waitFor();
    },
  },
  {
    title: 'Add a passkey, sign in with it, remove it',
    on: ['/profile', '/sign-in'],
    async run({ hands, button, inDialog, label, page, acme, context }) {
      const devtools = await context.newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await page.goto(`/t/${acme.slug}/profile`);
      await hands.press(button('Add a passkey'));
      await hands.fill(page.getByRole('dialog').getByLabel('Name'), 'Work laptop');
      await hands.press(inDialog('Continue'));
      await button('Remove Work laptop').waitFor();
      await context.clearCookies();
      await page.goto(`/sign-in?to=${encodeURIComponent(`/t/${acme.slug}/profile`)}`);
      await hands.press(button('Sign in with a passkey'));
      await label('The name that others see').waitFor();
      await hands.press(button('Remove Work laptop'));
      await hands.press(inDialog('Remove'));
      await button('Remove Work laptop').waitFor({ state: 'detached' });
    },
  },
  {
    title: 'Choose how one is told, with quiet hours',
    on: ['/profile/notifications', '/notifications'],
    async run({ hands, open, button, label, page }) {
      await open('notifications');
      await hands.press(page.getByRole('link', { name: /^Notification settings/ }));
      const critical = page.getByRole('group', { name: 'Critical exception opened' });
      await hands.check(critical.getByLabel('Browser'));
      await hands.check(label('Hold email, browser and tools back at night'));
      await hands.press(button(/^Save/));
      await page.getByText('Notification settings saved').waitFor();
      await page.reload();
      await critical.getByLabel('Browser').waitFor();
      expect(await critical.getByLabel('Browser').isChecked()).toBe(true);
      expect(await label('Hold email, browser and tools back at night').isChecked()).toBe(true);
    },
  },
];

export const settingsFlows: readonly Flow[] = [
  ...people,
  ...withOthers,
  ...calls,
  ...secrets,
  ...records,
  ...cases,
  ...ownThings,
];
