/** What must be, what may not be, and what only one may: each written one way. */
import { denial, rest, type Rewriting, some } from './rewriting.ts';

export const obligation: readonly Rewriting[] = [
  [
    /\b(?:is|are) (?:required|needed|necessary|mandatory|obligatory|a must) (?=before|after|when|on every|on each)\b/giu,
    '',
  ],
  [
    new RegExp(`(^|[.;:!?] )${some} (?:needs?|requires?) ${some} to be (?=\\w+ed\\b)`, 'giu'),
    '$1for $2 $3 must be ',
  ],
  [/\b(?:needs?|requires?) (?:the |an? )?(approval|review|permission|consent) (?:of|from|by)\b/giu, '$1 by'],
  [/\b(?:needs?|requires?) (?:the |an? )?(approval|review|permission|consent|restart|restarting)\b/giu, '$1'],
  [/\b(?:depends?|rely|relies) on\b/giu, 'need'],
  [/\b(?:has|have|had|needs?) to\b/giu, 'must'],
  [/\b(?:is|are) (?:required|needed|necessary|mandatory) (?:for|to|by|in|per)\b/giu, 'need by'],
  [/\b(?:is|are) (?:required|mandatory|obligatory|compulsory|necessary)\b/giu, 'need'],
  [/\bmakes? (.{1,60}?) (?:necessary|mandatory)\b/giu, 'must $1'],
];

/** Two negations cancel out: "no release without a ticket" is "a release needs a ticket". */
export const doubled: readonly Rewriting[] = [
  [/\b(?:that|which) (?:has|have) no\b/giu, 'without'],
  [/\b(without \w+ing [^,.;:!?()]{1,60}?) (?:first|beforehand)\b/giu, '$1'],
  [new RegExp(`\\b(?:${denial}|no)(?: be)? ${some} without (\\w+ing) ${rest}`, 'giu'), '$2 $3 before $1'],
  [new RegExp(`\\b(?:${denial}|no)(?: be)? ${some} without ${rest}`, 'giu'), '$1 need $2'],
  [
    new RegExp(
      `${some} without ${some} (?:is|are|gets?) (?:rejected|refused|turned down|not (?:accepted|allowed|merged))\\b`,
      'giu',
    ),
    '$1 need $2',
  ],
  [
    /\b(?:is|are) only (?:accepted|allowed|permitted|merged) with\b|\b(?:is|are) (?:accepted|allowed|permitted|merged) only with\b/giu,
    'need',
  ],
  [
    new RegExp(`\\bwithout ${some},? ((?:the |a |an )?[^,.;:!?()]{0,40}?) ?${denial}(?: be)? ${rest}`, 'giu'),
    '$2 $3 need $1',
  ],
];

/** Every way to say no is one, and so is every way to say "no other". "notbe" turns down all beside it, "not" what follows. */
export const polarity: readonly Rewriting[] = [
  [
    /\b(?:is|are) (?:strictly )?(?:forbidden|prohibited|banned|disallowed|(?:not|never) (?:allowed|permitted|welcome|wanted|tolerated|acceptable|accepted)(?! to))(?: from)?\b/giu,
    'notbe',
  ],
  [/\b(?:is|are) (?:not|never) (?:allowed|permitted) to\b/giu, 'not'],
  [/\b(?:is|are) (?:allowed|permitted) to\b/giu, 'may'],
  [
    new RegExp(`(^|[.;:!?] )(\\w+)ing ${some} is reserved (?:for|to) ${some}(?=[.,;:!?]|$)`, 'giu'),
    '$1only $4 may $2 $3',
  ],
  [/\b(?:(?:is|are) (?:not |im)possible|(?:is|are) not able) to\b/giu, 'cannot'],
  [/\bimpossible to\b|\bunable to\b/giu, 'cannot'],
  [/\b(?:nothing|nobody|no one|none|noone)(?: else)? (?:but|except|other than|than)\b/giu, 'only'],
  [
    /\b(?:is|are) (?:not|never) (?:required|mandatory|obligatory|compulsory)(?! (?:for|to|by|in|before|after|when)\b)/giu,
    'is optional',
  ],
  [/\b(is|are|it['’]s) (?:un(safe|supported|stable|reliable|necessary|available))\b/giu, '$1 not $2'],
  [
    new RegExp(
      `${some} (?:is|are) the only (?:ones?|person|people|place|part|service) (?:that|who|which|where)\\b`,
      'giu',
    ),
    'only $1',
  ],
  [/\b(?:no|under no) circumstances\b/giu, 'not'],
  [/\bnot (?:all|every|each)\b/giu, 'notall'],
  [/\b(?:nobody|no one) (?:may|can|should|must|is allowed to)\b/giu, 'not'],
  [/\bleave ([^,.;:!?()]{1,60}?) alone\b|\bhands off\b|\b(?:is|are) off[ -]limits\b/giu, 'not change $1'],
  [/\b(?:nobody|no one|noone|none|nothing|neither|nor|no)\b/giu, 'not'],
  [/\bno longer\b|\bnot (.{1,40}?) any ?(?:more|longer)\b/giu, 'nolonger $1'],
  [/\b(?:refrain from|stay away from|steer clear of)\b/giu, 'not'],
  [/\b(?:is|are) (?:to be|best) avoided\b/giu, 'notbe'],
  [/\b(?:may|might) not\b/giu, 'must not'],
  [
    /\bthe (build|installation|deployment|export|import|upload|download) (?:of|for) ([^,.;:!?()]{1,40}?) fails (?=on|under|with)/giu,
    '$2 cannot $1 ',
  ],
  // "Do not merge before it is reviewed", "merge only after it is reviewed": it is reviewed before.
  [new RegExp(`\\b${denial}(?: be)? ${some} (?:before|until) ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`\\bonly ${some} (?:after|once|when) ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`${some} only (?:after|once) ${rest}`, 'giu'), '$2 before $1'],
  // "B after A": A comes before B. What comes after some time has nothing before it.
  [new RegExp(`(^|[.;:!?] )after (?!\\d)${rest}, ${rest}`, 'giu'), '$1$2 uponevent before $3'],
  [
    new RegExp(`(^|[.;:!?] )${some} (?<!look(?:s|ed)? )after (?!\\d)${rest}`, 'giu'),
    '$1$3 uponevent before $2',
  ],
  [/\b(?:not|never) (?:to )?(?:be|get|being)\b|\b(?:is|are|was|were) (?:not|never) (?=\w+ed\b)/giu, 'notbe '],
];
