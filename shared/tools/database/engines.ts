/** What a database tool speaks to. */
export const databaseEngines = {
  postgresql: {
    label: 'PostgreSQL',
    schemes: ['postgresql', 'postgres'],
    port: 5432,
    protocol: 'POSTGRESQL',
  },
  mysql: { label: 'MySQL or MariaDB', schemes: ['mysql', 'mariadb'], port: 3306, protocol: 'MYSQL' },
  mongodb: { label: 'MongoDB', schemes: ['mongodb'], port: 27_017, protocol: 'MONGODB' },
} as const satisfies Record<string, EngineFacts>;

interface EngineFacts {
  label: string;
  schemes: readonly string[];
  /** Where the URL names none. */
  port: number;
  /** As the egress guard and its pages show it. */
  protocol: string;
}

export type DatabaseEngine = keyof typeof databaseEngines;
export const engineNames = Object.keys(databaseEngines) as [DatabaseEngine, ...DatabaseEngine[]];

export function engineFacts(engine: DatabaseEngine): EngineFacts {
  return databaseEngines[engine];
}
