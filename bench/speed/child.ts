/** Tasks that are measured, one a process: `node bench/speed/child.ts <task> <folder…>`. Prints one line of JSON. */
import { readFileSync } from 'node:fs';
import { openWorkplace } from '../../src/compose.ts';
import { extractorVersion, gather } from '../../src/core/dream/gather/gather.ts';
import { findWithSecretlint } from '../../src/core/sessions/secrets/secretlint.ts';
import { dream } from '../../src/dream.ts';
import { isSource, openSources } from '../../src/files.ts';
import { ingest } from '../../src/ingest.ts';
import { readSettings } from '../../src/settings.ts';
import { keepHeapSmall } from '../../src/small-heap.ts';

type Counts = Readonly<Record<string, number>>;
type Task = (...args: readonly string[]) => Promise<Counts>;

const tasks: Readonly<Record<string, Task>> = {
  async ingest(folder = '', transcripts = '') {
    // As the command does.
    keepHeapSmall();
    const { ledger, config, redactor } = await openWorkplace(folder, readSettings());
    const report = await ingest({
      sources: openSources([transcripts]),
      ledger,
      redactor,
      detail: config.ledger.detail,
      submittedBy: 'Bench',
      extractor: { version: extractorVersion, gather },
    });
    return { sessions: report.sessions.length, refused: report.refused.length };
  },
  /** What ingestion cannot do without: read, parse each line, look for secrets once per file. */
  async reference(transcripts = '') {
    let lines = 0;
    for await (const source of openSources([transcripts])) {
      if (!isSource(source)) continue;
      const text: string[] = [];
      for await (const line of source.lines()) {
        lines += 1;
        text.push(line.text);
        if (line.text.startsWith('{')) tryParse(line.text);
      }
      await findWithSecretlint(text.join('\n'));
    }
    return { lines };
  },
  async dream(folder = '', now = '', limit = '5') {
    const workplace = await openWorkplace(folder, readSettings());
    const result = await dream({ ...workplace, now, limit: Number(limit) });
    return {
      proposals: result.proposals.length,
      entries: result.before.entries,
      sessions: result.dream?.sessions.length ?? 0,
    };
  },
};

function tryParse(line: string): void {
  try {
    JSON.parse(line);
  } catch {
    // Two objects on one line: the reference does not mind.
  }
}

const [name = '', ...args] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) throw new Error(`no task ${name}; there are ${Object.keys(tasks).join(', ')}`);
// The file system's cache is warm for both sides of a ratio.
readFileSync(import.meta.filename);
const begun = performance.now();
const counts = await task(...args);
const seconds = (performance.now() - begun) / 1_000;
// Kibibytes on every platform (libuv).
const megabytes = process.resourceUsage().maxRSS / 1_024;
console.log(JSON.stringify({ seconds, megabytes, counts }));
