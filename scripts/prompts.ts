/**
 * Writes every request that the `claude` dreamer would make of a model to files, and dreams from files of replies, without a
 * key: `npm run prompts -- <case | transcripts…> [--memory FOLDER] [--out FOLDER] [--replay FOLDER]`. docs/dreamers.md tells more.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DreamResult } from '../src/dream.ts';
import type { Written } from './prompts/exchange.ts';
import { playDream } from './prompts/play.ts';

const usage = `usage: npm run prompts -- <case | transcripts…> [options]
  <case>            a golden case (test/golden), or files and folders of transcripts
  --memory FOLDER   the repository that is dreamed about, when no case says so
  --by NAME         who hands the transcripts in; default "you"
  --sessions N      at most so many transcripts
  --now TIME        when it is dreamed, ISO 8601 in UTC; default now
  --out FOLDER      where requests are written; default a new temporary folder
  --replay FOLDER   where replies are read from`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      memory: { type: 'string' },
      by: { type: 'string', default: 'you' },
      sessions: { type: 'string', default: '100' },
      now: { type: 'string', default: new Date().toISOString() },
      out: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  const sessions = Number(values.sessions);
  if (positionals.length === 0 || !Number.isInteger(sessions) || Number.isNaN(Date.parse(values.now)))
    return undefined;
  const out = resolve(values.out ?? mkdtempSync(join(tmpdir(), 'dreamkeeper-prompts-')));
  mkdirSync(out, { recursive: true });
  return { ...values, sessions, out, named: positionals };
}
type Options = NonNullable<ReturnType<typeof readOptions>>;

async function main(asked: Options): Promise<void> {
  const { sessions, refused, written, result, impossible } = await playDream(asked);
  console.log(`Read ${sessions} sessions; ${refused} files were no transcripts.`);
  console.log(writtenText(written, asked.out));
  console.log(result instanceof Error ? `The dream ended: ${result.message}` : resultText(result));
  for (const problem of impossible) console.log(`! ${problem}`);
}

function writtenText(written: readonly Written[], out: string): string {
  const phases = Map.groupBy(written, ({ phase }) => phase);
  const lines = [...phases].map(([phase, all]) => {
    const tokens = all.reduce((sum, one) => sum + one.tokens, 0);
    const open = all.filter(({ replied }) => !replied).length;
    return `  ${phase.padEnd(12)} ${String(all.length).padStart(5)} requests ${tokens.toLocaleString('en').padStart(12)} tokens, ${open} without a reply`;
  });
  return `Requests in ${out}:\n${lines.join('\n')}\n`;
}

function resultText({
  outcome,
  reason,
  proposals,
  withheld,
  questions,
  leads,
  journal,
}: DreamResult): string {
  return [
    `The dream: ${outcome} (${reason})`,
    ...proposals.map(({ number, kind, title }) => `  ${number}. [${kind}] ${title}`),
    ...withheld.map(
      ({ kind, title, findings }) => `  withheld [${kind}] ${title}: ${findings[0]?.message ?? ''}`,
    ),
    ...questions.map(({ text }) => `  ? ${text}`),
    ...leads.map(({ kind, text }) => `  lead [${kind}] ${text}`),
    ...(journal?.remarks ?? []).map((remark) => `  remark: ${remark}`),
  ].join('\n');
}

const options = readOptions();
if (options === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else await main(options);
