/**
 * Writes commits through one `git fast-import`: no working tree, no index, no hooks, no signing, no line ending
 * conversion, and a constant number of processes however many commits there are. No ref is moved here: objects that no
 * ref names are harmless, so a kill at any point leaves the repository as it was.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Readable } from 'node:stream';
import type { PackedText } from '../packed-text.ts';
import { dreamkeeper } from './identity.ts';
import type { Identity } from './identity.ts';
import { endedBy, gitFailed, notStarted, nullId, siteArguments, siteEnvironment } from './run.ts';
import type { GitSite } from './run.ts';

export interface FileChange {
  /** `/`-separated; whoever calls has checked it (path.ts). */
  readonly path: string;
  /** Null removes the file; an object that is there already is only named. */
  readonly content: string | PackedText | { readonly object: string } | null;
  /** `100644` unless said otherwise. */
  readonly mode?: string;
}

export interface NewCommit {
  readonly message: string;
  readonly files: Iterable<FileChange>;
  /** `previous` is the commit before this one in the same call; absent for a root commit. */
  readonly parent?: string;
}

export const previous = 'previous';

/** Never comes to be: it is reset to nothing before fast-import ends. */
const nowhere = 'refs/dreamkeeper/import';

/**
 * @param at ISO 8601; author and committer date of every commit, so that the same content has the same ids.
 * @returns the commit ids, in order.
 */
export async function importCommits(
  site: GitSite,
  commits: Iterable<NewCommit>,
  at: string,
  identity: Identity = dreamkeeper,
): Promise<readonly string[]> {
  const process = execa(
    'git',
    [...siteArguments(site), ...looseAndSafe, 'fast-import', '--quiet', '--done'],
    {
      cwd: site.workTree ?? site.gitDir,
      env: siteEnvironment(site),
      extendEnv: false,
      reject: false,
      ...endedBy(site),
      input: Readable.from(inPieces(importStream(site, commits, at, identity)), { objectMode: false }),
    },
  );
  const result = await process;
  site.signal?.throwIfAborted();
  if (result.exitCode === undefined) throw notStarted(result);
  if (result.exitCode !== 0) {
    if (process.pid !== undefined)
      await rm(join(site.gitDir, `fast_import_crash_${process.pid}`), { force: true });
    throw gitFailed(['fast-import'], result.exitCode, result.stderr);
  }
  return result.stdout.split('\n').filter((line) => line !== '');
}

/** Few objects are written loose, so that many small writes leave no heap of packs; `git gc` packs them in time. */
const looseAndSafe = ['-c', 'fastimport.unpackLimit=100', '-c', 'core.fsyncMethod=batch'];

function* importStream(
  site: GitSite,
  commits: Iterable<NewCommit>,
  at: string,
  identity: Identity,
): Generator<string | Uint8Array> {
  const who = `${identity.name} <${identity.email}> ${Math.floor(Date.parse(at) / 1_000)} +0000`;
  let mark = 0;
  for (const commit of commits) {
    mark += 1;
    yield `commit ${nowhere}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`;
    yield* data(commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`);
    yield* start(commit, mark);
    for (const file of commit.files) yield* change(file);
    yield '\n';
  }
  for (let n = 1; n <= mark; n += 1) yield `get-mark :${n}\n`;
  yield `reset ${nowhere}\nfrom ${nullId(site)}\n\ndone\n`;
}

/** Each piece is a write to the pipe: many small ones take longer than git takes to read them. */
const pieceBytes = 64 * 1_024;

function* inPieces(parts: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    if (bytes.byteLength >= pieceBytes) {
      yield Buffer.concat(held);
      yield bytes;
      held = [];
      size = 0;
      continue;
    }
    held.push(bytes);
    size += bytes.byteLength;
    if (size < pieceBytes) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  yield Buffer.concat(held);
}

function* start(commit: NewCommit, mark: number): Generator<string> {
  if (commit.parent === previous) yield `from :${mark - 1}\n`;
  else if (commit.parent !== undefined) yield `from ${commit.parent}\n`;
  else if (mark > 1) throw new Error('only the first commit of an import can be a root');
}

function* change(file: FileChange): Generator<string | Uint8Array> {
  if (file.content === null) {
    yield `D ${quotePath(file.path)}\n`;
    return;
  }
  const mode = file.mode ?? '100644';
  if (typeof file.content === 'object' && 'object' in file.content) {
    yield `M ${mode} ${file.content.object} ${quotePath(file.path)}\n`;
    return;
  }
  yield `M ${mode} inline ${quotePath(file.path)}\n`;
  yield* data(file.content);
}

function* data(content: string | PackedText): Generator<string | Uint8Array> {
  const [bytes, pieces] =
    typeof content === 'string' ? [Buffer.byteLength(content), [content]] : [content.bytes, content];
  yield `data ${bytes}\n`;
  yield* pieces;
  yield '\n';
}

/** C-style quoting as fast-import reads it; bytes above ASCII go through as they are. */
function quotePath(path: string): string {
  const escaped = path
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\x00-\x1f\x7f]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
