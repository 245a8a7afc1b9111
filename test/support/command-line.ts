import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { interlock } from '../../api/cli/interlock.ts';

export interface Used {
  code: number;
  out: string;
  err: string;
}

interface UseOptions {
  env: Record<string, string>;
  input?: string;
  person?: boolean;
  onOut?: (text: string) => void;
}

/**
 * Uses the command line within this process.
 * @param options.input what is on its standard input; `person`: someone types it; `onOut` gets what is printed as it comes
 */
export async function useInterlock(
  args: readonly string[],
  { env, input = '', person = false, onOut }: UseOptions,
): Promise<Used> {
  const stdin = Object.assign(Readable.from([input]), { isTTY: person });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  if (onOut) stdout.on('data', (bytes: Buffer) => onOut(bytes.toString()));
  const [out, err] = [text(stdout), text(stderr)];
  const code = await interlock(args, { env, stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
