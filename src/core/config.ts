/** The schema of .github/dreamkeeper.yml (DESIGN section 10). */
import { z } from 'zod';
import { proposalKindSchema } from './dream/proposal.ts';
import { isPlainGlob } from './memory/glob.ts';

const hours = z
  .number()
  .min(0)
  .max(24 * 365);

const tooIntricate = 'a plain glob is enough: no groups, at most three * in a part and four ** in all';
const glob = z.string().min(1).refine(isPlainGlob, tooIntricate);
/** `path` or `path#Heading`. */
const place = z
  .string()
  .min(1)
  .refine((rule) => isPlainGlob(rule.split('#', 1)[0] ?? ''), tooIntricate);

/** Where agents' memory usually lives; used when the config names no paths. */
export const defaultMemoryPaths = [
  'CLAUDE.md',
  '**/CLAUDE.md',
  '.claude/rules/**/*.md',
  'AGENTS.md',
  '**/AGENTS.md',
  'GEMINI.md',
  '**/GEMINI.md',
  '.github/copilot-instructions.md',
  '.github/instructions/**/*.instructions.md',
  '.cursor/rules/**/*.mdc',
  'memory/**/*.md',
];

const model = z.string().min(1).max(256);
/** An id at Anthropic: `agent_…`, `memstore_…`. */
const id = z.string().regex(/^[a-z]+_[A-Za-z0-9]{1,200}$/, 'no id of the Anthropic API');
const price = z.number().min(0);
const money = {
  tokens: z.number().int().min(0).optional().describe('Tokens read and written, from the cache too.'),
  usd: z.number().min(0).optional().describe('US dollars.'),
};

export const configSchema = z
  .strictObject({
    memory: z
      .array(glob)
      .min(1)
      .default(defaultMemoryPaths)
      .describe('Glob patterns of the files that are memory.'),
    protect: z.array(place).default([]).describe('Paths or `path#Heading` that dreams never touch.'),
    policy: z.array(glob).default([]).describe('Files that only people change.'),
    sessions: z.array(glob).default([]).describe('Paths in this repository where transcripts are kept.'),
    sources: z
      .array(z.string().regex(/^[^/\s]+\/[^/\s]+$/))
      .default([])
      .describe('Other repositories, `owner/name`, whose sessions may be handed in.'),
    ledger: z
      .strictObject({
        repository: z
          .string()
          .regex(/^[^/\s]+\/[^/\s]+$/)
          .optional()
          .describe('Keep the ledger in another, private repository.'),
        detail: z
          .enum(['signals', 'condensed', 'full'])
          .default('condensed')
          .describe('How much of a transcript is kept.'),
        public: z.boolean().default(false).describe('Consent to keep a ledger in a public repository.'),
        retention: z.number().int().min(1).max(3650).default(180).describe('Days that sessions are kept.'),
      })
      .prefault({}),
    dream: z
      .strictObject({
        after: hours
          .default(24)
          .describe('Hours since the last dream after which anything new is dreamed about.'),
        sessions: z
          .number()
          .int()
          .min(1)
          .max(100)
          .default(5)
          .describe('New sessions that start a dream at once.'),
        apart: hours.default(6).describe('Least hours between two dreams.'),
        cron: z.string().optional().describe('Cron expression; replaces `after` and `sessions`.'),
        zone: z.string().default('UTC').describe('IANA time zone of `cron` and of dates.'),
        proposals: z.number().int().min(1).max(50).default(5).describe('Most proposals in one dream.'),
        instructions: z.string().max(4_096).optional().describe('What a model-backed dreamer should mind.'),
        dreamer: z
          .enum(['embedded', 'claude', 'managed'])
          .optional()
          .describe('Which mind dreams; claude where there is a key of Anthropic, else embedded.'),
        model: z
          .union([model, z.strictObject({ extract: model, consolidate: model, grade: model }).partial()])
          .optional()
          .describe('Model of a model-backed dreamer; one for all, or one for each phase.'),
      })
      .prefault({}),
    mode: z
      .enum(['manual', 'auto'])
      .default('manual')
      .describe('auto: merge by itself when every check passed.'),
    auto: z
      .strictObject({
        kinds: z.array(proposalKindSchema).default(['merge']),
        after: hours.default(12).describe('Hours to wait before merging.'),
      })
      .prefault({}),
    budget: z
      .strictObject({
        ...money,
        month: z
          .strictObject(money)
          .prefault({})
          .describe('Most that all dreams of the installation may spend in 30 days.'),
        prices: z
          .record(
            model,
            z.strictObject({
              input: price,
              output: price,
              cacheRead: price.optional(),
              cacheWrite: price.optional(),
            }),
          )
          .default({})
          .describe('US dollars per million tokens, by model; for models that are not in our table.'),
      })
      .prefault({})
      .describe('Most that one model-backed dream may spend.'),
    outcomes: z
      .strictObject({
        maxIterations: z
          .number()
          .int()
          .min(1)
          .max(20)
          .default(3)
          .describe('How often a proposal is graded before it is withheld.'),
        bar: z.number().min(0).max(1).default(0.7).describe('Least score that a grader must give.'),
      })
      .prefault({}),
    managed: z
      .strictObject({
        agent: id.optional().describe('Dream over the sessions of this agent.'),
        deployment: id.optional().describe('Dream over the sessions of this deployment.'),
        store: id.optional().describe('Dream over the sessions that had this memory store.'),
      })
      .prefault({})
      .describe('Which Managed Agents sessions are taken in.'),
    check: z.strictObject({ everywhere: z.boolean().default(false) }).prefault({}),
    commits: z.enum(['git', 'verified']).default('git'),
    sync: z
      .strictObject({ store: id })
      .optional()
      .describe('Memory store at Anthropic that gets the approved memory after each merge.'),
    redact: z
      .array(z.string().min(1))
      .default([])
      .describe('More regular expressions whose matches are redacted.'),
  })
  .describe('Dreamkeeper: memory for AI agents, improved by pull request');

export type Config = z.infer<typeof configSchema>;

export const configPath = '.github/dreamkeeper.yml';
/** Where a team keeps a rubric of its own, by which proposals are graded; only the one at the base of a dream counts. */
export const rubricPath = '.github/dreamkeeper-rubric.md';
