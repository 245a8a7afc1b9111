import { Pool } from 'undici';

const pool = new Pool(process.env.BENCH_ECHO_URL, { connections: 64 });

/** The call that every contender makes. */
export async function call() {
  const { body } = await pool.request({ method: 'GET', path: '/' });
  return body.json();
}

export const databaseUrl = process.env.BENCH_DATABASE_URL;
/** As many as the product's process has. */
export const connections = 20;
export const port = Number(process.argv[2]);
