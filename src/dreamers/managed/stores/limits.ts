/**
 * What a memory store takes, as platform.claude.com/docs/en/managed-agents/memory and the API's reference say: looked at
 * before anything is sent, so that a person hears what to do.
 */
import { DreamkeeperError } from '../../../core/error.ts';
import { fileBytes, storeFiles } from '../../../core/memory/limits.ts';
import type { TextFile } from './memories.ts';

const most = { pathBytes: 1_024, segments: 20 };

/** @throws {DreamkeeperError} `limit` that names the file. */
export function requireRoom(files: readonly TextFile[]): void {
  if (files.length > storeFiles) {
    throw limit(
      `the memory has ${files.length} files, and a memory store at Anthropic takes ${storeFiles}`,
      'Join small topic files, or name fewer paths under memory in .github/dreamkeeper.yml.',
    );
  }
  const paths = new Set(files.map(({ path }) => path));
  for (const { path, text } of files) {
    const bytes = Buffer.byteLength(text);
    if (bytes > fileBytes) {
      throw limit(
        `${path} has ${bytes} bytes, and a memory at Anthropic takes ${fileBytes}`,
        'Split the file by topic.',
      );
    }
    const wrong = wrongPath(path, paths);
    if (wrong !== undefined) throw limit(`${path} ${wrong}`, 'Rename the file.');
  }
}

function wrongPath(path: string, paths: ReadonlySet<string>): string | undefined {
  const segments = path.split('/');
  if (Buffer.byteLength(`/${path}`) > most.pathBytes)
    return `has a name of more than ${most.pathBytes} bytes, which no memory at Anthropic can have`;
  if (segments.length > most.segments)
    return `lies more than ${most.segments} folders deep, which no memory at Anthropic can`;
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(path) || path !== path.normalize('NFC'))
    return 'has characters in its name that no memory at Anthropic can have';
  const above = segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'));
  const file = above.find((folder) => paths.has(folder));
  return file === undefined ? undefined : `lies below ${file}, which is a memory itself at Anthropic`;
}

const limit = (message: string, remedy: string): DreamkeeperError =>
  new DreamkeeperError('limit', message, { remedy });
