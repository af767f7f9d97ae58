/** Reads many Git objects through one `cat-file --batch`, never a process per file. */
import { execa } from 'execa';
import { missingObject } from './partial.ts';
import { endedBy, notStarted, siteArguments, siteEnvironment } from './run.ts';
import type { GitSite } from './run.ts';

export interface GitObject {
  readonly id: string;
  /** Undefined when the repository does not have it (a damaged or partial clone). */
  readonly data: Buffer | undefined;
}

/** As many as are sooner asked for one by one than a process is started. */
const few = 16;

/**
 * Streams objects in the order asked for; one is in memory at a time.
 * @param ids object ids, which must come from git itself.
 * @param running answers when there are few; without it a process of its own does.
 */
export async function* readObjects(
  site: GitSite,
  ids: readonly string[],
  running?: Pick<ObjectReader, 'read'>,
): AsyncGenerator<GitObject> {
  if (ids.length === 0) return;
  if (running !== undefined && ids.length <= few) {
    for (const id of ids) yield { id, data: await running.read(id) };
    return;
  }
  const reader = startReader(site, ['--buffer']);
  reader.stdin.end(ids.map((id) => `${id}\n`).join(''));
  try {
    for (const id of ids) yield { id, data: (await nextObject(reader))?.data };
  } finally {
    reader.stop();
  }
}

export interface ObjectReader {
  read(id: string): Promise<Buffer | undefined>;
  /** The id of the commit that a revision names; undefined when it names none. */
  commit(revision: string): Promise<string | undefined>;
}

/** How long a reader waits for the next question before its process ends. */
const idleMilliseconds = 1_000;

/** For questions that come one by one: keeps a process while they keep coming. Nobody has to wait for its end. */
export function createObjectReader(site: GitSite): ObjectReader {
  let reader: Reader | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const stop = (): void => {
    reader?.stop();
    reader = undefined;
  };
  const answer = async (name: string): Promise<Answer | undefined> => {
    clearTimeout(idle);
    const asked = (reader ??= startReader(site, []));
    asked.hold(true);
    try {
      asked.stdin.write(`${name}\n`);
      return await nextObject(asked);
    } catch (error) {
      stop();
      throw error;
    } finally {
      asked.hold(false);
      idle = setTimeout(stop, idleMilliseconds).unref();
    }
  };
  const ask = (name: string): Promise<Answer | undefined> => {
    const turn = last.then(() => {
      // An answer may still lie in the pipe; a job that is stopped gets it no more.
      site.signal?.throwIfAborted();
      return answer(name);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    read: async (id) => (await ask(id))?.data,
    async commit(revision) {
      // Git reads a line as a name.
      if (revision === '' || /[\n\0]/.test(revision)) return undefined;
      return (await ask(`${revision}^{commit}`))?.id;
    },
  };
}

type Reader = ReturnType<typeof startReader>;

/** What processes and their pipes have in common. */
interface Held {
  ref(): void;
  unref(): void;
}

interface Answer {
  readonly id: string;
  readonly data: Buffer;
}

function startReader(site: GitSite, flags: readonly string[]) {
  const process = execa('git', [...siteArguments(site), 'cat-file', '--batch', ...flags], {
    cwd: site.workTree ?? site.gitDir,
    env: siteEnvironment(site),
    extendEnv: false,
    encoding: 'buffer',
    buffer: false,
    reject: false,
    stdin: 'pipe',
    stderr: 'ignore',
    ...endedBy(site),
  });
  // A reader that went away closes the pipe; what matters of that is told by the output ending early.
  process.stdin.on('error', () => undefined);
  const chunks = process.stdout.iterator()[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return {
    site,
    stdin: process.stdin,
    chunks,
    rest: Buffer.alloc(0) as Buffer,
    ended: process,
    /** Whether Node has to stay for it. */
    hold(held: boolean): void {
      for (const part of [
        process.nodeChildProcess,
        process.stdin,
        process.stdout,
      ] as readonly Partial<Held>[])
        if (held) part.ref?.();
        else part.unref?.();
    },
    stop(): void {
      process.stdin.destroy();
      process.stdout.destroy();
    },
  };
}

/** One answer: `<id> <type> <size>LF<data>LF`, or `<id> missingLF`. */
async function nextObject(reader: Reader): Promise<Answer | undefined> {
  let end = reader.rest.indexOf(10);
  while (end < 0) {
    reader.rest = Buffer.concat([reader.rest, await nextChunk(reader)]);
    end = reader.rest.indexOf(10);
  }
  const header = reader.rest.toString('utf8', 0, end);
  reader.rest = reader.rest.subarray(end + 1);
  const [, id, size] = /^([0-9a-f]+) [a-z]+ (\d+)$/.exec(header) ?? [];
  if (id === undefined || size === undefined) return undefined;
  const data = await take(reader, Number(size) + 1);
  return { id, data: data.subarray(0, -1) };
}

async function take(reader: Reader, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [reader.rest];
  let have = reader.rest.length;
  while (have < bytes) {
    const chunk = await nextChunk(reader);
    parts.push(chunk);
    have += chunk.length;
  }
  const all = parts.length === 1 ? reader.rest : Buffer.concat(parts);
  reader.rest = all.subarray(bytes);
  return all.subarray(0, bytes);
}

async function nextChunk(reader: Reader): Promise<Buffer> {
  const next = await reader.chunks.next();
  if (next.done !== true) return next.value;
  const end = await reader.ended;
  reader.site.signal?.throwIfAborted();
  if (end.exitCode === undefined) throw notStarted(end);
  throw await missingObject(reader.site, 'an object that git was asked for');
}
