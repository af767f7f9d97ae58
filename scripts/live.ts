/**
 * A small dream of each kind against the real API, with what it cost: `npm run live -- [--only claude|managed] [--usd 0.50]
 * [--model ID] [--agent agent_… | --store memstore_…]`. It needs ANTHROPIC_API_KEY, and it costs money: no more than `--usd`
 * for each dream. docs/dreamers.md tells more.
 */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { openWorkplace } from '../src/compose.ts';
import { configPath } from '../src/core/config.ts';
import type { Journal } from '../src/core/dream/journal.ts';
import { DreamkeeperError } from '../src/core/error.ts';
import { buildDemoRepository, demoNow, demoSessions } from '../src/demo.ts';
import { dream } from '../src/dream.ts';
import { openSources } from '../src/files.ts';
import { ingest } from '../src/ingest.ts';
import { readSettings } from '../src/settings.ts';

const usage = `usage: npm run live -- [options]
  --only claude|managed   one kind of dream; default both
  --usd N                 most that each dream may spend; default 0.50
  --model ID              for all that is asked; default as docs/dreamers.md says
  --agent agent_…         managed: dream over the sessions of this agent
  --store memstore_…      managed: or over the sessions that had this memory store
It needs ANTHROPIC_API_KEY in the environment, and costs money.`;

const minds = ['claude', 'managed'] as const;
type Mind = (typeof minds)[number];

interface Options {
  readonly wanted: readonly Mind[];
  readonly usd: number;
  readonly model: string | undefined;
  readonly managed: Readonly<Record<string, string>>;
}

/** @returns undefined when the arguments make no sense. */
function readOptions(): Options | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { only: text, usd: { ...text, default: '0.50' }, model: text, agent: text, store: text },
  });
  const { only, model, agent, store } = values;
  const usd = Number(values.usd);
  if (!(usd > 0) || (only !== undefined && !minds.some((mind) => mind === only))) return undefined;
  return {
    wanted: minds.filter((mind) => only === undefined || mind === only),
    usd,
    model,
    managed: {
      ...(agent === undefined ? {} : { agent }),
      ...(store === undefined ? {} : { store }),
    },
  };
}

async function main(options: Options): Promise<void> {
  const settings = readSettings();
  if (settings.anthropic() === undefined)
    throw new DreamkeeperError('usage', 'there is no ANTHROPIC_API_KEY', { remedy: usage });
  for (const mind of options.wanted) {
    if (mind === 'managed' && Object.keys(options.managed).length === 0) {
      console.log('managed: not tried; name the sessions to dream over with --agent or --store\n');
      continue;
    }
    await dreamOnce(mind, options, settings);
  }
}

/** One dream over the invented team of the demo; managed sessions are those of the workspace. */
async function dreamOnce(
  mind: Mind,
  { usd, model, managed }: Options,
  settings: ReturnType<typeof readSettings>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `dreamkeeper-live-${mind}-`)));
  await buildDemoRepository(folder, settings.git);
  const config = {
    dream: { dreamer: mind, ...(model === undefined ? {} : { model }) },
    budget: { usd },
    ...(mind === 'managed' ? { managed } : {}),
  };
  mkdirSync(dirname(join(folder, configPath)), { recursive: true });
  writeFileSync(join(folder, configPath), stringify(config));
  const workplace = await openWorkplace(folder, settings);
  for (const { person, folder: sessions } of mind === 'claude' ? demoSessions : [])
    await ingest({
      ...workplace,
      sources: openSources([sessions]),
      detail: 'condensed',
      submittedBy: person,
    });
  const began = performance.now();
  const onProgress = (step: string): void => console.error(`${mind}: ${step}`);
  const now = mind === 'claude' ? demoNow : new Date().toISOString();
  const { journal, outcome, message } = await dream({ ...workplace, now, onProgress });
  const seconds = (performance.now() - began) / 1_000;
  console.log(`${mind}: ${outcome} in ${seconds.toFixed(0)} s: ${message}\n  in ${folder}`);
  if (journal !== undefined) console.log(told(journal));
}

function told({ proposals, withheld, remarks = [], usage: spent }: Journal): string {
  const bills = (spent?.bills ?? []).map(
    ({ phase, model, calls, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, usd }) =>
      `  ${phase}, ${model}: ${calls} calls; ${inputTokens} read, ${cacheReadTokens} from the cache, ` +
      `${cacheWriteTokens} into it, ${outputTokens} written; ${usd === undefined ? 'price unknown' : `${usd.toFixed(4)} USD`}`,
  );
  return [
    ...proposals.map(
      ({ number, title, grade }) =>
        `  ${number}. ${title}${grade === undefined ? '' : ` (graded ${grade.score.toFixed(2)})`}`,
    ),
    ...withheld.map(({ title, findings }) => `  withheld: ${title}: ${findings[0]?.message ?? ''}`),
    ...remarks.map((remark) => `  ${remark}`),
    ...bills,
    `  in all ${(spent?.usd ?? 0).toFixed(4)} USD\n`,
  ].join('\n');
}

const options = readOptions();
if (options === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  await main(options).catch((error: unknown) => {
    const known = error instanceof DreamkeeperError;
    console.error(known ? `${error.message}\n${error.remedy ?? ''}` : error);
    process.exitCode = known && error.code === 'usage' ? 2 : 1;
  });
}
