import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const candidate = resolve(import.meta.dirname, '../../../shared/corpus');

/** Real transcripts and memories, for those who have them; tests that use them are skipped without. */
export const corpusDir: string | undefined = existsSync(candidate) ? candidate : undefined;
