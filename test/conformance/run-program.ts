import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program of the registry prints. @param onOutput gets all of it so far, whenever there is more */
export async function run(args: readonly string[], onOutput?: (output: string) => void): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'interlock-conformance-'));
  const env = { ...process.env, MCP_CATALOG_PATH: join(cwd, 'mcp.json') };
  const child = spawn('npx', ['--yes', ...args], { cwd, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output += piece.toString();
      onOutput?.(output);
    });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}
