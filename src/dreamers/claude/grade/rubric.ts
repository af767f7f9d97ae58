/** What a grader looks at: the criteria of rubric.md, or of the team's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf } from '../../../core/sessions/condense.ts';

export interface Rubric {
  /** Names of the criteria, lower-case, in order. */
  readonly criteria: readonly string[];
  readonly text: string;
}

/** Bytes that a team's own rubric may have. */
export const rubricBytes = 16 * 1_024;
const mostCriteria = 20;

export const defaultRubric = (): Rubric =>
  required(readFileSync(join(import.meta.dirname, '..', 'rubric.md'), 'utf8'));

/**
 * Each heading of the second level is a criterion.
 * @returns why a rubric cannot be graded by, as a sentence, where it cannot.
 */
export function readRubric(text: string): Rubric | string {
  if (bytesOf([text]) > rubricBytes) return `it is larger than ${rubricBytes / 1_024} KiB`;
  const criteria = [...text.matchAll(/^##[ \t]+(\S.*?)[ \t#]*$/gm)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  if (criteria.length === 0) return 'it has no headings of the form "## name", which are its criteria';
  if (criteria.length > mostCriteria) return `it has more than ${mostCriteria} criteria`;
  if (new Set(criteria).size < criteria.length) return 'two of its criteria have one name';
  if (criteria.some((name) => name.length > 60))
    return 'the name of a criterion is longer than 60 characters';
  return { criteria, text: text.trim() };
}

function required(text: string): Rubric {
  const read = readRubric(text);
  if (typeof read === 'string') throw new Error(`rubric.md: ${read}`);
  return read;
}
