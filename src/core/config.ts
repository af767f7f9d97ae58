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
        dreamer: z.enum(['embedded', 'claude', 'managed']).default('embedded'),
        model: z.string().optional(),
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
      .strictObject({ tokens: z.number().int().min(0).optional(), usd: z.number().min(0).optional() })
      .prefault({})
      .describe('Most that model-backed dreams may spend per 30 days.'),
    outcomes: z.strictObject({ maxIterations: z.number().int().min(1).max(10).default(3) }).prefault({}),
    check: z.strictObject({ everywhere: z.boolean().default(false) }).prefault({}),
    commits: z.enum(['git', 'verified']).default('git'),
    sync: z.boolean().default(false),
    redact: z
      .array(z.string().min(1))
      .default([])
      .describe('More regular expressions whose matches are redacted.'),
  })
  .describe('Dreamkeeper: memory for AI agents, improved by pull request');

export type Config = z.infer<typeof configSchema>;

export const configPath = '.github/dreamkeeper.yml';
