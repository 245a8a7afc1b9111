import { startDemoServices } from './start-demo-services.ts';

// The demo services as a separate process, as `npm start` runs them.
const services = await startDemoServices({
  port: Number(process.env.INTERLOCK_DEMO_PORT ?? 4501),
  stateFile: process.env.INTERLOCK_DEMO_STATE,
  mailPorts: process.env.INTERLOCK_DEMO_MAIL_PORTS?.split(',').map(Number),
  temporalUrl: process.env.INTERLOCK_TEMPORAL_HTTP_URL,
});
console.log(`Demo services on ${services.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void services.stop().then(() => process.exit(0)));
}
