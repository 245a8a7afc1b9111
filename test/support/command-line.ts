import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { interlock } from '../../api/cli/interlock.ts';

export interface Used {
  code: number;
  out: string;
  err: string;
}

/**
 * Uses the command line within this process.
 * @param options.input what is on its standard input; `person`: someone types it
 */
export async function useInterlock(
  args: readonly string[],
  { env, input = '', person = false }: { env: Record<string, string>; input?: string; person?: boolean },
): Promise<Used> {
  const stdin = Object.assign(Readable.from([input]), { isTTY: person });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const code = await interlock(args, { env, stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
