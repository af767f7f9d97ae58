/** How much there may be of something, and in which unit. */
import { type Rewriting, some, unit } from './rewriting.ts';

export const bounds: readonly Rewriting[] = [
  [/\b(?:limits|caps|restricts) ([^,.;:!?()]{1,40}?) to (?=\d)/giu, '$1 atmost '],
  [/(\d+(?: ?[\p{L}%]+)?),? at (?:the )?most\b/giu, 'atmost $1'],
  [/(\d+(?: ?[\p{L}%]+)?),? at (?:the )?(?:least|minimum)\b/giu, 'atleast $1'],
  [/(?<=\d ?[KMGT]i?B(?: of \w+)?) (?:is|are) (?:required|needed|necessary) (?:for|by|to)\b/giu, ' for'],
  [
    /\b(?:must|should|has to|have to|needs? to) (?:stay|remain) (?=below|under|above|over|within|at (?:most|least))/giu,
    'keep ',
  ],
  [
    /(^|[.;:!?] )([^,.;:!?()]{1,60}?) (?:has|have) an? (?:\w+ )?limit of (\d+) (requests?|calls?|connections?|uploads?|messages?|jobs?)\b/giu,
    '$1$4 to $2 atmost $3',
  ],
  [
    /\b(?:do not|don['’]?t|never|(?:must|may|should|can) not|cannot) ((?:be )?[^,.;:!?()]{1,60}?) (?:for )?(?:longer|more|larger|bigger|higher|greater) than (?=\d)/giu,
    '$1 atmost ',
  ],
  [
    /\b(?:accepts?|allows?|takes?|permits?) ([^,.;:!?()]{1,40}?) of (?=(?:at most|up to|no more than) \d)/giu,
    '$1 ',
  ],
  [
    /\b(?:no|not|must not|mustn['’]?t) ([^,.;:!?()]{0,40}?) ?(?:has|have|is|are|be|takes?|exceeds?) (?:longer|bigger|larger|more|higher|greater) than\b/giu,
    '$1 atmost',
  ],
  [/(?:>=|≥) ?(?=v?\d)/gu, 'atleast '],
  [/(?:<=|≤) ?(?=v?\d)/gu, 'atmost '],
  [/(?<=\d)\+(?=[\s.,;)]|$)/gu, ' atleast'],
  [
    /\b(?:(?:may|can|must|should)(?: be)? )?(?:accepts?|allows?|permits?|supports?|tolerates?|takes?|handles?|serves?|uses?|has|have|holds?|be) (?=(?:at ?most|up to|(?:no|not) more than|not more than|a maximum of|max(?:imum)?\.? \d))/giu,
    '',
  ],
  [
    /\b(?:at most|up to|(?:no|not) more than|a maximum of|(?:is|are) (?:limited|capped|restricted) to|(?:must|may|can|should|do|does) ?not exceed)\b/giu,
    'atmost',
  ],
  [/\b(?:at least|(?:no|not) (?:less|fewer) than|a minimum of)\b/giu, 'atleast'],
  [/\b(?:or|and) (?:newer|later|higher|above|up|more|greater)\b/giu, 'atleast'],
  [
    /\b(?:bigger|larger|longer|higher|greater|older) than (?=\d)|\b(?:over|above|beyond|exceeding) (?=\d)/giu,
    'morethan ',
  ],
  [/\b(?:smaller|shorter|lower|younger|newer) than (?=\d)|\b(?:under|below) (?=\d)/giu, 'lessthan '],
  [/\bmore than\b/giu, 'morethan'],
  [/\b(?:less|fewer) than\b/giu, 'lessthan'],
  [
    /\b(?:needs?|requires?|uses?|consumes?|takes?(?: up)?|occup(?:y|ies)) (?=(?:morethan |lessthan |atmost |atleast )?\d+(?:\.\d+)? ?[KMGT]i?B\b)/giu,
    '',
  ],
  [/\b(?:allows?|permits?|accepts?|supports?) (?=\d)/giu, 'atmost '],
  [/\b(?:is|are) the (?:max(?:imum)?|upper limit|limit)(?: size| length| number)?\b/giu, 'atmost'],
  [/\b(?:max(?:imum|imal)?) (?:size|length|number|count) (?:of|for)\b/giu, 'atmost'],
  [
    /(?<=\d ?(?:[KMGT]i?B|bytes?|characters?|chars?|lines?|columns?|px|mm|cm|m)) (?:long|wide|high|deep|big|large|in (?:size|length|width|height))\b/giu,
    '',
  ],
  [new RegExp(`\\b(?:over|more than) (\\d+(?:\\.\\d+)? ?${unit}) old\\b`, 'giu'), 'morethan $1'],
  [
    new RegExp(
      `\\b(?:is|are|becomes?|gets?) (healthy|ready|up|available|active|stable) (?:after|within) (?=\\d+(?:\\.\\d+)? ?${unit}\\b)`,
      'giu',
    ),
    '$1 ',
  ],
  [/\b(?:about|around|roughly|approximately|some|ca\.) (?=\d)|~\s?(?=\d)/giu, ''],
  [
    new RegExp(
      `\\bit takes ((?:atmost |atleast |lessthan |morethan )?\\d+(?:\\.\\d+)? ?${unit}) (?:until|till|for|to|before)\\b`,
      'giu',
    ),
    '$1',
  ],
  [/\b(?:finish(?:es)?|completes?) (?:in|within|after) (?=(?:under |less than |about )?\d)/giu, ''],
  [/\bto (?:finish|complete)\b|\bis (?:done|finished|complete)\b/giu, ''],
  [new RegExp(`\\bexpect ${some} to (?=(?:take|last|run|need))`, 'giu'), '$1 '],
  [new RegExp(`\\b(?:takes?|lasts?|runs?|needs?)(?: for)? (?=\\d+(?:\\.\\d+)? ?${unit}\\b)`, 'giu'), ''],
];

export const measures: readonly Rewriting[] = [
  [/(?<=\d),(?=\d{3}\b)/gu, ''],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:s|secs?|seconds?)\b(?![/-])/giu, ' second'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:mins?|minutes?)\b/giu, ' minute'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:h|hrs?|hours?)\b/giu, ' hour'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:ms|milliseconds?)\b/giu, ' millisecond'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:%|percent|per cent)/giu, ' percent'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?)(?=[KMGT]i?B\b)/gu, ' '],
];
