import { playbookPage } from '../../../shared/playbooks/server/read-playbooks.ts';
import { toolPage } from '../../../shared/tools/server/read-tools.ts';
import { toolListInputSchema } from '../../../shared/tools/tool-schemas.ts';
import { connection, listInput } from '../pages.ts';
import { connectionOf, pageArguments, type SchemaPart } from '../part.ts';

export const definitionsPart: SchemaPart = {
  sdl: `
enum ToolScope { tenant global }
enum ToolScopeFilter { tenant global all }
enum ToolStatus { enabled disabled }
enum PlaybookStatus { draft published }

"A typed, versioned call to another system. Rates are of the last 24 hours."
type Tool @needs(permission: "tools.read") {
  id: ID!
  name: String!
  title: String!
  description: String!
  type: String!
  scope: ToolScope!
  category: String!
  tags: [String!]!
  version: Int!
  enabled: Boolean!
  writable: Boolean!
  readOnlyReason: String
  runs24h: Int!
  successRate24h: Float
  lastRunAt: DateTime
  updatedAt: DateTime!
}

type Playbook @needs(permission: "playbooks.read") {
  id: ID!
  name: String!
  title: String!
  description: String!
  status: PlaybookStatus!
  "Of the published version; null before the first."
  version: Int
  hasDraft: Boolean!
  steps: Int!
  openRuns: Int!
  runs30d: Int!
  updatedAt: DateTime!
}

${connectionOf('Tool')}
${connectionOf('Playbook')}
extend type Query {
  "Null when there is none, or it is archived."
  tool(id: ID!): Tool
  "By name, global ones too."
  tools(${pageArguments(20)}, scope: ToolScopeFilter = all, status: ToolStatus, type: String, category: String,
    q: String): ToolConnection!
  playbook(id: ID!): Playbook
  "By name."
  playbooks(${pageArguments(20)}, status: PlaybookStatus, q: String): PlaybookConnection!
}
`,
  resolvers: {
    Query: {
      tool: (_source, { id }: { id: string }, { loaders }) => loaders.tool.load(id),
      tools: (_source, args, context) =>
        context.read(async () =>
          connection(await toolPage(context, toolListInputSchema.parse(listInput(args)))),
        ),
      playbook: (_source, { id }: { id: string }, { loaders }) => loaders.playbook.load(id),
      playbooks: (_source, args, context) =>
        context.read(async () => connection(await playbookPage(context, listInput(args)))),
    },
  },
};
