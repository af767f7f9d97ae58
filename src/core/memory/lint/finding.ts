/** What lint reports of a store. */
export interface LintFinding {
  readonly check: LintCheck;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** A sentence for the person who keeps the file. */
  readonly message: string;
}

export type LintCheck =
  | 'duplicate'
  | 'near-duplicate'
  | 'conflict'
  | 'dead-link'
  | 'stale-path'
  | 'relative-date'
  | 'file-size'
  | 'index'
  | 'budget'
  | 'hidden-character'
  | 'secret';

/** The start of a text, on one line, for a message. */
export function shortened(text: string, length = 80): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length
    ? line
    : `${line
        .slice(0, length - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`;
}
