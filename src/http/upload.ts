/** Receives a body into a file: counted while it streams, so that nothing larger than allowed is ever held. */
import type { IncomingMessage } from 'node:http';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';

export type Received = 'whole' | 'too-large' | 'damaged' | 'broken-off';

/**
 * @param file absolute, not there yet, in a folder that is; only this user can read it.
 * @param most bytes after unfolding.
 * @throws what the disk throws.
 */
export async function receive(
  request: IncomingMessage,
  file: string,
  { gzip, most }: { readonly gzip: boolean; readonly most: number },
): Promise<Received> {
  const handle = await open(file, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of gzip ? unfolded(request) : read(request)) {
      if (chunk instanceof Error) return failureOf(chunk);
      size += chunk.byteLength;
      if (size > most) return 'too-large';
      await handle.write(chunk);
    }
    return request.complete ? 'whole' : 'broken-off';
  } finally {
    await handle.close();
  }
}

function failureOf(error: Error): Received {
  return 'code' in error && String(error.code).startsWith('Z_') ? 'damaged' : 'broken-off';
}

/** The request stays open when reading stops: somebody has to answer it. Errors of the connection are the last item. */
async function* read(request: IncomingMessage): AsyncGenerator<Uint8Array | Error> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    yield asError(error);
  }
}

async function* unfolded(request: IncomingMessage): AsyncGenerator<Uint8Array | Error> {
  const gunzip = createGunzip();
  const stop = (error: Error): void => void gunzip.destroy(error);
  request.once('error', stop);
  request.once('close', () => {
    if (!request.complete) stop(new Error('the connection was closed'));
  });
  request.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (error) {
    yield asError(error);
  } finally {
    request.unpipe(gunzip);
    request.off('error', stop);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Milliseconds after which nobody can be sending a body any more. */
const longestUpload = 3_600_000;

/** What a process that was killed left is nobody's to read: it is not redacted. */
export async function removeOldUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > longestUpload)
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
