/** What there is and what there must not be, and where it stands. */
import { rest, type Rewriting, some, start } from './rewriting.ts';

const not = "(?:not(?:be)?|no|never|(?:must|may|should|can|do|does)(?: not|n['’]?t)|cannot)";
const allowed = '(?:allowed|permitted|accepted|acceptable|okay|ok|to be used|used)';

/** A log that must not hold a thing, and somebody who must not log it. */
const logs: readonly Rewriting[] = [
  [
    new RegExp(
      `${start}${some} ${not} (?:be )?(?:appear|show up|end up|occur|belong|get|land|leak|be|written|printed|found|put|included)? ?(?:in|into|to) (?:the )?logs? of ${rest}`,
      'giu',
    ),
    '$1$3 not log $2',
  ],
  [new RegExp(`${start}${not} ${some} (?:in|into|to) (?:the )?logs? of ${rest}`, 'giu'), '$1$3 not log $2'],
];

/** "Not allowed outside X" is "only in X". */
const confines: readonly Rewriting[] = [
  [
    new RegExp(`${start}${some} ${not}(?: be)? ?(?:${allowed} )?outside (?:of )?${rest}`, 'giu'),
    '$1$2 only in $3',
  ],
  [new RegExp(`${start}${not}(?: use)? ${some} outside (?:of )?${rest}`, 'giu'), '$1$2 only in $3'],
  [
    new RegExp(
      `\\b(?:is|are|may be|can be|should be|must be) (?:only ${allowed}|${allowed} only) (?=in|inside|within|under|on|for|at)\\b`,
      'giu',
    ),
    'only ',
  ],
  [new RegExp(`${start}only use ${some} (?=in |inside |within |under )`, 'giu'), '$1$2 only '],
];

/** One of a thing for each of another. */
export const apiece: Rewriting = [
  /\b(?:each|every) ([^,.;:!?()]{1,40}?) has (?:its own|one|exactly one|a single|an own) /giu,
  'per $1 ',
];

/** Verbs that only an order begins with: what "only" narrows then stands behind them. */
const orders =
  '(?:use|run|commit|merge|push|tag|deploy|release|call|write|import|add|edit|change|start|restart|store|put|publish|mock|create|install|open)';

export const presence: readonly Rewriting[] = [
  [
    new RegExp(`${start}only (${orders} [^,.;:!?()]{1,60}?) (?=(?:in|on|with|from|at|during|for) )`, 'giu'),
    '$1$2 only ',
  ],
  [/\bkeep ([^,.;:!?()]{1,40}?) free (?:of|from) /giu, '$1 must not contain '],
  [
    /\b(?:is|are|(?:must|should|has to|have to|needs? to) (?:be|stay|remain)|stays?|remains?) free (?:of|from) /giu,
    'must not contain ',
  ],
  [/\b(?:ends? up|lands?) in\b/giu, 'are written to'],
  [
    new RegExp(`\\b(?:is|are) ${allowed} ((?:in|inside|within|on|for|at) [^,.;:!?()]{1,40}?) only\\b`, 'giu'),
    'only $1',
  ],
  [/\b(?:is|are|be|kept) in alphabetic(?:al)? order\b/giu, 'sorted alphabetically'],
  [/\bin alphabetic(?:al)? order\b/giu, 'alphabetically'],
  [/\b(is|are)( not| only| never)? (?:meant|intended|designed) for\b/giu, '$1$2 for'],
  ...logs,
  ...confines,
  [
    /\bsee (\uE000\d+\uE001) (?:for|about|on)(?: (?:details|more|information))?(?: (?:about|on|of))? /giu,
    '$1 describe ',
  ],
  [/\b(?:is|are|gets?) (?:stored|saved|kept|placed|put|located|situated) (?=in \uE000)/giu, ''],
  [
    /\bgives? ((?:the )?[^\s,.;:!?()]+(?: \p{Lu}[^\s,.;:!?()]+)?) (?:an? )?(?:heads[ -]?up|advance notice|notice)\b/giu,
    'inform $1',
  ],
  [/\bfits? (?:in|into|inside|on)\b/giu, 'in'],
  [/\b(?:on an?|on a) (hourly|daily|weekly|monthly|nightly|yearly) basis\b/giu, '$1'],
  [/\b[Ww]rite (?=[^,.;:!?()]{1,60}? in (?:\p{Lu}|lower|upper))/gu, 'compose '],
  [/\b(?:is|are|be) written (?=in (?:\p{Lu}|lower|upper))/gu, 'compose '],
];
