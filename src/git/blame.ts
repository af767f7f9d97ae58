/** Who wrote each line of a file. */
import type { LineOrigin } from '../core/dream/repository.ts';
import type { OpenedSite } from './open.ts';
import { runGit } from './run.ts';

/** Two cores are common; blame is bound by the processor. */
const atOnce = 4;

interface Clone {
  /** Commits at which history is cut off: a line blamed on one may be older. */
  readonly shallow: ReadonlySet<string>;
  /** Old contents may be missing. */
  readonly partial: boolean;
}

/**
 * @returns by path, the origin of each line (index 0 is line 1). Files that the commit does not have are left out, and
 * those whose old versions a partial clone lacks.
 */
export async function readOrigins(
  site: OpenedSite,
  commit: string,
  paths: readonly string[],
  clone: Clone,
): Promise<ReadonlyMap<string, readonly LineOrigin[]>> {
  const origins = new Map<string, readonly LineOrigin[]>();
  const waiting = [...paths];
  const work = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const lines = await blameFile(site, commit, path, clone);
      if (lines !== undefined) origins.set(path, lines);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, work));
  return new Map(paths.flatMap((path) => (origins.has(path) ? [[path, origins.get(path) ?? []]] : [])));
}

async function blameFile(
  site: OpenedSite,
  commit: string,
  path: string,
  { shallow, partial }: Clone,
): Promise<readonly LineOrigin[] | undefined> {
  const command = ['blame', '--no-textconv', '--incremental', commit, '--', path];
  const { stdout, exitCode } = await runGit(site, command, { accept: partial ? [0, 128] : [0] });
  if (exitCode !== 0) return undefined;
  return parseIncremental(Buffer.from(stdout).toString('utf8'), shallow);
}

/** Groups of lines: `<commit> <old line> <new line> <count>`, then `key value` lines (once per commit), `filename` last. */
function parseIncremental(output: string, shallow: ReadonlySet<string>): readonly LineOrigin[] {
  const commits = new Map<string, { author: string; at: string; first: boolean }>();
  const lines: LineOrigin[] = [];
  let group = { commit: '', from: 0, count: 0 };
  for (const line of output.split('\n')) {
    const start = /^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$/.exec(line);
    if (start) {
      group = { commit: start[1] ?? '', from: Number(start[2]), count: Number(start[3]) };
      if (!commits.has(group.commit))
        commits.set(group.commit, { author: '', at: '', first: shallow.has(group.commit) });
      continue;
    }
    const known = commits.get(group.commit);
    if (known === undefined) continue;
    if (line.startsWith('author ')) known.author = line.slice('author '.length);
    else if (line.startsWith('author-time '))
      known.at = new Date(Number(line.slice('author-time '.length)) * 1_000).toISOString();
    // Git says so of commits without a parent, and of those at which it was told to stop.
    else if (line === 'boundary') known.first = true;
    else if (line.startsWith('filename ')) {
      const cut = known.first ? { boundary: true as const } : {};
      const origin = { commit: group.commit, at: known.at, author: known.author, ...cut };
      for (let n = 0; n < group.count; n += 1) lines[group.from - 1 + n] = origin;
    }
  }
  return lines;
}
