/** Where a thing comes from and where it goes. */
import { type Rewriting, some, start } from './rewriting.ts';

/** One to three words, as "access tokens". */
const things = '([^\\s,.;:!?()]+(?: [^\\s,.;:!?()]+){0,2}?)';
const gets = '(?:reads?|takes?|gets?|loads?|fetch(?:es)?|pulls?|receives?|obtains?|draws?|retrieves?)';
const got = '(?:read|taken|loaded|fetched|pulled|received|obtained|drawn|retrieved|gotten|got)';

/** What is taken from a file or folder is in it; what somebody gives comes from there. */
const origins = [
  ['(?:from|out of) (?=\\uE000)', 'in '],
  ['(?:from|out of) ', 'from '],
] as const;

const taken: readonly Rewriting[] = origins.flatMap(([from, made]): Rewriting[] => [
  [
    new RegExp(`${start}${some} ${gets} (?:(?:its|their|all its|all their|the) )?${things} ${from}`, 'giu'),
    `$1$3 of $2 ${made}`,
  ],
  [
    new RegExp(
      `${start}${some} (?:is|are|must be|should be) ${got} ${from}([^,.;:!?()]{1,60}?) by ([^,.;:!?()]{1,60}?)(?=[.,;:!?)]|$)`,
      'giu',
    ),
    `$1$2 of $4 ${made}$3`,
  ],
  [
    new RegExp(`${start}${some} (?:comes?|stems?|(?:is|are|must be|should be) ${got}) ${from}`, 'giu'),
    `$1$2 ${made}`,
  ],
  [new RegExp(`${start}${gets} ${some} ${from}`, 'giu'), `$1$2 ${made}`],
]);

export const sources: readonly Rewriting[] = [
  [
    new RegExp(
      `${start}${some} (?:stores?|saves?|keeps?|puts?|holds?) (?:its|their|all its|all their) ${things} in (?=\\uE000)`,
      'giu',
    ),
    '$1$3 of $2 in ',
  ],
  ...taken,
  [
    /\b((?:logs?|outputs?|reports?|results?|traces?|dumps?|artefacts?|artifacts?)(?: of [^,.;:!?()]{1,40}?)?) (?:goes|go) (?:in)?to\b/giu,
    '$1 are written to',
  ],
  [
    new RegExp(
      `${start}((?!if\\b|when\\b|(?:all |any )?questions?\\b)[^,.;:!?()]{1,80}?) (?:goes|go|(?:must|should|has to|have to) go) to (?!\\uE000)`,
      'giu',
    ),
    '$1send $2 to ',
  ],
  [
    new RegExp(
      `${start}${some} (?:gets?|receives?) ((?:the |all |all the )?(?:\\w+ )?(?:alerts?|reports?|notifications?|e?-?mails?|messages?|warnings?|copies|copy)(?: (?:of|for|about) [^,.;:!?()]{1,60}?)?)(?=[.,;:!?)]|$)`,
      'giu',
    ),
    '$1send $3 to $2',
  ],
];
