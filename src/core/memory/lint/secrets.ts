/** Secrets that were written into memory. Apart from the other checks, because finding them takes a redactor. */
import type { Store } from '../entry.ts';
import { lineOf, lineStarts } from '../source.ts';
import type { LintFinding } from './finding.ts';

/** Finds secrets in many texts at once: for each text, the ranges to redact, in UTF-16 offsets. */
export type SecretFinder = (
  texts: readonly string[],
) => Promise<readonly (readonly { readonly kind: string; readonly start: number; readonly end: number }[])[]>;

/** The message names the kind of secret, never the secret. */
export async function lintSecrets(store: Store, find: SecretFinder): Promise<LintFinding[]> {
  const found = await find(store.files.map(({ text }) => text));
  return store.files.flatMap(({ path, text }, index) => {
    const starts = lineStarts(text);
    return (found[index] ?? []).map(({ kind, start }) => ({
      check: 'secret' as const,
      file: path,
      line: lineOf(starts, start),
      message: `Looks like a secret (${kind}): remove it here and where it is valid`,
    }));
  });
}
