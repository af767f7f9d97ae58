/** Where a sentence can be cut into a head that may be frame, and the rest. */
import type { Mark } from './frame-marks.ts';

export interface Cut {
  readonly head: string;
  readonly rest: string;
  readonly by: 'mark' | 'comma' | 'word' | 'subject';
}

const boundaries: readonly (readonly [RegExp, Cut['by']])[] = [
  [/\s*(?::|[—–](?=\s)|\s-)\s+|:\s*(?=["“*])/g, 'mark'],
  [/,\s+/g, 'comma'],
  // "To" before a noun is no beginning of an order: "add a rule to the linter config".
  [
    /(?:\s(?:that|says?|to(?!\s+(?:an?|the|my|your|our|their|this|these|those|each|every|all|some|any|it|them|us|me|you)\s)))+\s+(?=\S)/g,
    'word',
  ],
  [
    /\s(?=(?:we|you|one|everyone|everybody|nobody|no one|people|devs|developers|agents|always|never|do not|don'?t|please|pls|only)\s)/gi,
    'subject',
  ],
];

/** Longer stretches are sentences of their own. */
export const longestHead = 25;

export const insideCode = (text: string, at: number): boolean =>
  (text.slice(0, at).split('`').length - 1) % 2 === 1;

export function cutsOf(text: string): Cut[] {
  return boundaries.flatMap(([pattern, by]) =>
    [...text.matchAll(pattern)]
      .filter((match) => !insideCode(text, match.index))
      .map((match) => ({
        by,
        head: (text.slice(0, match.index) + (by === 'word' ? match[0] : '')).trim(),
        rest: text.slice(match.index + match[0].length),
      })),
  );
}

export const lastClause = (head: string): string => head.split(/[,;.]\s+/).at(-1) ?? head;

/** What is left of a sentence without a frame, and what the frame said of it. */
export interface Unframed {
  readonly rest: string;
  readonly marks: ReadonlySet<Mark>;
}
