/** Takes the files out of an archive that anybody may have made: none of its paths is used, and it may not unfold to more than it says. */
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

export interface ZipLimits {
  readonly files: number;
  /** Bytes of all files, unfolded. */
  readonly bytes: number;
  /** How many times its size a file may unfold to; transcripts shrink to a thirtieth at most. */
  readonly ratio: number;
}

export type Unpacked = { readonly files: readonly string[] } | { readonly refused: string };

/** Of so few bytes even a bomb makes nothing. */
const smallBytes = 2 ** 20;

/**
 * Links, folders, and what is encrypted or packed otherwise than by deflate are left out.
 * @param folder absolute, there already; each file comes into a folder of its own in it.
 * @returns the files, in the order of the archive; or why none of it is taken.
 * @throws what the disk throws.
 */
export async function unpackZip(archive: string, folder: string, limits: ZipLimits): Promise<Unpacked> {
  const zip = await opened(archive);
  if (zip === undefined) return { refused: 'it is no zip archive, or a damaged one' };
  try {
    if (zip.entryCount > limits.files) return { refused: `it holds more than ${limits.files} files` };
    return await unpackAll(zip, folder, limits);
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return { refused: 'the archive is damaged' };
  } finally {
    zip.close();
  }
}

async function opened(archive: string): Promise<ZipFile | undefined> {
  try {
    // Names stay bytes: nobody reads them.
    return await openPromise(archive, { autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return undefined;
  }
}

async function unpackAll(zip: ZipFile, folder: string, limits: ZipLimits): Promise<Unpacked> {
  const files: string[] = [];
  let left = limits.bytes;
  for await (const entry of zip.eachEntry()) {
    if (!isPlainFile(entry)) continue;
    const { uncompressedSize: large, compressedSize: small } = entry;
    if (large > left) return { refused: `it unfolds to more than ${limits.bytes / 2 ** 20} MiB` };
    if (large > smallBytes && large > small * limits.ratio)
      return { refused: `a file in it unfolds to more than ${limits.ratio} times its size` };
    left -= large;
    const place = join(folder, String(files.length));
    await mkdir(place, { mode: 0o700 });
    const file = join(place, 'transcript');
    await write(zip, entry, file);
    files.push(file);
  }
  return { files };
}

/** Reading ends with an error where an entry unfolds to more than it says. */
async function write(zip: ZipFile, entry: Entry, file: string): Promise<void> {
  const bytes = await zip.openReadStreamPromise(entry);
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) await handle.write(chunk);
  } finally {
    await handle.close();
  }
}

const kindMask = 0o170000;
const regular = 0o100000;
const slash = 47;

function isPlainFile(entry: Entry): boolean {
  const { compressionMethod, generalPurposeBitFlag, externalFileAttributes } = entry;
  const name: unknown = entry.fileName;
  if (Buffer.isBuffer(name) && name.at(-1) === slash) return false;
  const kind = (externalFileAttributes >>> 16) & kindMask;
  const isEncrypted = (generalPurposeBitFlag & 1) !== 0;
  return (kind === 0 || kind === regular) && !isEncrypted && [0, 8].includes(compressionMethod);
}

/** Node names those of the system in capitals; those of zlib begin with Z_. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
