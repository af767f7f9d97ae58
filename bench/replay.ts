/**
 * Replays a folder of transcripts in date order on a scratch repository, dreaming every few sessions against the memory
 * file of that time, and prints every proposal: what a team would have been asked.
 *
 *   node bench/replay.ts <transcripts> --history <folder> [--every 5] [--onto CLAUDE.md] [--json]
 *
 * Transcript names begin with their date (2026-02-09_…). Versions of the memory file are named <n>_<yyyymmdd>_….
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    history: { type: 'string' },
    every: { type: 'string', default: '5' },
    onto: { type: 'string', default: 'CLAUDE.md' },
    json: { type: 'boolean', default: false },
    leads: { type: 'boolean', default: false },
  },
});
const [transcripts] = positionals;
if (transcripts === undefined || values.history === undefined) {
  console.error(
    'usage: node bench/replay.ts <transcripts> --history <folder> [--every 5] [--onto CLAUDE.md]',
  );
  process.exit(2);
}

const repo = mkdtempSync(join(tmpdir(), 'dreamkeeper-replay-'));
const cli = join(import.meta.dirname, '../src/cli.ts');
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
const git = (args: string[], at?: string): string =>
  execFileSync('git', ['-c', 'user.name=Replay', '-c', 'user.email=replay@example.invalid', ...args], {
    cwd: repo,
    encoding: 'utf8',
    env: at === undefined ? env : { ...env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
  });
const dreamkeeper = (...args: string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [cli, ...args, '--repo', repo, '--json'], {
      encoding: 'utf8',
      env,
      maxBuffer: 1 << 28,
    }),
  );

interface Proposal {
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly strength: string;
  readonly operations: readonly Record<string, unknown>[];
  readonly evidence: readonly Record<string, unknown>[];
  readonly findings: readonly { check: string; severity: string; message: string }[];
}
interface Report {
  readonly outcome: string;
  readonly reason: string;
  readonly proposals: readonly Proposal[];
  readonly withheld: readonly Proposal[];
  readonly questions: readonly { text: string }[];
  readonly leads: readonly { kind: string; text: string; reason: string }[];
}

const versions = readdirSync(values.history)
  .flatMap((name) => {
    const day = /_(\d{4})(\d{2})(\d{2})_/.exec(name);
    return day === null ? [] : [{ name, day: `${day[1] ?? ''}-${day[2] ?? ''}-${day[3] ?? ''}` }];
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const history = values.history;

function show(proposal: Proposal, mark: string): void {
  console.log(
    `  ${mark} ${String(proposal.number)}. [${proposal.kind}, ${proposal.strength}] ${proposal.title}`,
  );
  for (const operation of proposal.operations) {
    const entry = operation.entry as { text: string; lines: number[] } | undefined;
    if (entry !== undefined)
      console.log(`      - (${String(entry.lines[0])}) ${entry.text.replaceAll('\n', '\n        ')}`);
    if (operation.heading !== undefined)
      console.log(`      @ ${String(operation.file)} ${JSON.stringify(operation.heading)}`);
    if (typeof operation.text === 'string')
      console.log(`      + ${operation.text.replaceAll('\n', '\n        ')}`);
  }
  for (const item of proposal.evidence.slice(0, 4)) {
    if (item.type === 'quote')
      console.log(
        `      “${String(item.quote).slice(0, 140).replaceAll('\n', ' ')}” ${String(item.trust)} ${String(item.session).slice(0, 13)}#${String(item.event)}`,
      );
    if (item.type === 'fact') console.log(`      fact: ${String(item.fact)} ${String(item.path)}`);
  }
  for (const finding of proposal.findings)
    console.log(`      ! ${finding.check} ${finding.severity}: ${finding.message}`);
}

function remember(version: { name: string; day: string }): void {
  writeFileSync(join(repo, values.onto), readFileSync(join(history, version.name)));
  git(['add', '-A']);
  git(['commit', '-qm', `Memory of ${version.day}`], `${version.day}T00:00:00Z`);
}

try {
  git(['init', '-q', '-b', 'main']);
  const files = readdirSync(transcripts)
    .filter((name) => /^\d{4}-\d{2}-\d{2}/.test(name))
    .sort();
  const seen = new Set<string>();
  for (let at = 0; at < files.length; at += Number(values.every)) {
    const batch = files.slice(at, at + Number(values.every));
    const day = (batch.at(-1) ?? '').slice(0, 10);
    while (versions[0] !== undefined && versions[0].day <= day)
      remember(versions.shift() ?? { name: '', day });
    dreamkeeper('ingest', ...batch.map((name) => join(transcripts, name)));
    const report = dreamkeeper('dream', '--now', `${day}T23:00:00Z`) as Report;
    if (values.json) {
      console.log(JSON.stringify({ day, ...report }));
      continue;
    }
    console.log(`\n${day}: ${String(batch.length)} sessions, ${report.outcome} (${report.reason})`);
    for (const proposal of report.proposals) {
      show(proposal, seen.has(proposal.title) ? '=' : '*');
      seen.add(proposal.title);
    }
    for (const proposal of report.withheld) show(proposal, 'withheld');
    for (const question of report.questions) console.log(`  ? ${question.text}`);
    if (values.leads)
      for (const lead of report.leads)
        console.log(
          `  lead [${lead.kind}] ${lead.text.slice(0, 160).replaceAll('\n', ' ')} (${lead.reason})`,
        );
  }
} finally {
  rmSync(repo, { recursive: true, force: true });
}
