import { z } from 'zod';
import { freePort } from './free-port.ts';
import { readJson, writePrivateJson } from './private-file.ts';

const portsSchema = z.object({
  app: z.int(),
  demo: z.int(),
  demoMail: z.int(),
  ownMail: z.int(),
  demoShop: z.int(),
  postgres: z.int(),
  temporal: z.int(),
  temporalUi: z.int(),
  temporalHttp: z.int(),
  temporalMetrics: z.int(),
});
export type Ports = z.infer<typeof portsSchema>;

const usual: Ports = {
  app: 4400,
  demo: 4501,
  demoMail: 4525,
  ownMail: 4526,
  demoShop: 4502,
  postgres: 4432,
  temporal: 7233,
  temporalUi: 8233,
  temporalHttp: 7243,
  temporalMetrics: 7253,
};
const names: Record<keyof Ports, string> = {
  app: 'Interlock',
  demo: 'the demo services',
  demoMail: 'the demo mailbox',
  ownMail: 'the invitations of the demo',
  demoShop: 'the demo database',
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
  temporalUi: 'Temporal Web',
  temporalHttp: "Temporal's HTTP API",
  temporalMetrics: "Temporal's metrics",
};

/** A free port for each that is `wanted`, if possible the one of the last start: stored links and tools contain it. */
export async function choosePorts(
  file: string,
  options: { log: (line: string) => void; wanted: (keyof Ports)[] },
): Promise<Ports> {
  const last = portsSchema.partial().safeParse(readJson(file)).data ?? {};
  const asked = Number(process.env.INTERLOCK_PORT);
  const preferred: Ports = { ...usual, ...last, ...(asked > 0 && { app: asked }) };
  const ports = { ...preferred };
  for (const key of options.wanted) {
    ports[key] = await freePort(names[key], preferred[key], { log: options.log });
  }
  writePrivateJson(file, ports);
  return ports;
}
