/**
 * Brings the ways in which a rule or fact is put to one: what is chosen and what rejected, what is forbidden, where a thing
 * is, whom to ask, how much there may be of it. Patterns say what they make of a text; none knows what the text is about.
 */

type Rewriting = readonly [pattern: RegExp, replacement: string];

/** A few words of one clause. */
const some = '([^,.;:!?()]{1,80}?)';
const unit = '(?:seconds?|minutes?|hours?|days?|weeks?|months?|ms|h)';

const stress: readonly Rewriting[] = [
  [/\b(?:make|be|making) (?:sure|certain)(?: that| to)?\b/giu, ''],
  [/\b(?:keep|bear) in mind(?: that)?\b/giu, ''],
  [/\b(?:don['’]?t|do not|never) forget (?:to|that)\b|\bremember to\b/giu, ''],
  [/\bby default\b/giu, 'default'],
  [/\bthe number of\b/giu, ''],
  [/\bread[ -]only\b/giu, 'readonly'],
  [/\bkeeps? track of\b/giu, 'track'],
  [/\b(?:it is|it['’]s) (?:important|essential|crucial|vital) (?:to|that)\b/giu, ''],
  [/^\W*(?:important|note|nb|rule|reminder|attention|warning|caution|tip|critical)\s*:/giu, ''],
  [/\b(?:without exception|at all times|in all cases|in every case)\b/giu, 'always'],
  [/\b(?:our|its|your|their|his|her) own\b/giu, ''],
  [/\b(?:it|them|him|her|your|our)sel(?:f|ves)\b/giu, ''],
  [/\bin order to\b/giu, 'to'],
  [/\bas well as\b/giu, 'and'],
  [/\b(?:when it comes to|with regard to|in terms of|as for|regarding|concerning)\b/giu, 'for'],
];

const obligation: readonly Rewriting[] = [
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
  [/\b(?:has|have|had|needs?) to\b/giu, 'must'],
  [/\b(?:is|are) (?:required|needed|necessary|mandatory) (?:for|to|by|in)\b/giu, 'need by'],
  [/\b(?:is|are) (?:required|mandatory|obligatory|compulsory|necessary)\b/giu, 'need'],
  [/\bmakes? (.{1,60}?) (?:necessary|mandatory)\b/giu, 'must $1'],
];

/** "notbe" turns down all that stands beside it, "not" what follows. */
const denial =
  "(?:(?:do|does) not|(?:do|does)n['’]?t|never|nobody|no one|(?:must|may|might|should|can|will)(?: not|n['’]?t)|cannot|won['’]t)";
const rest = '([^,.;:!?()]{1,80})';

/** Two negations cancel out: "no release without a ticket" is "a release needs a ticket". */
const doubled: readonly Rewriting[] = [
  [new RegExp(`\\b${denial}(?: be)? ${some} without (\\w+ing) ${rest}`, 'giu'), '$2 $3 before $1'],
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

/** Every way to say no is one, and so is every way to say "no other". */
const polarity: readonly Rewriting[] = [
  [
    /\b(?:is|are) (?:strictly )?(?:forbidden|prohibited|banned|disallowed|(?:not|never) (?:allowed|permitted)(?! to))(?: from)?\b/giu,
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
  [/\b(?:nothing|nobody|no one|none|noone) (?:but|except|other than)\b/giu, 'only'],
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
  // "Do not merge before it is reviewed", "merge only after it is reviewed": it is reviewed before.
  [new RegExp(`\\b${denial}(?: be)? ${some} (?:before|until) ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`\\bonly ${some} (?:after|once|when) ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`${some} only (?:after|once) ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`\\b${denial} ${some} unless\\b`, 'giu'), 'only $1 if'],
  // "B after A": A comes before B. What comes after some time has nothing before it.
  [new RegExp(`(^|[.;:!?] )after (?!\\d)${rest}, ${rest}`, 'giu'), '$1$2 before $3'],
  [new RegExp(`(^|[.;:!?] )${some} (?<!look(?:s|ed)? )after (?!\\d)${rest}`, 'giu'), '$1$3 before $2'],
  [/\b(?:not|never) (?:to )?(?:be|get|being)\b|\b(?:is|are|was|were) (?:not|never) (?=\w+ed\b)/giu, 'notbe '],
];

/** What is chosen, and after "not" what is rejected for it. */
const preference: readonly Rewriting[] = [
  [
    new RegExp(
      `\\b(?:prefer(?:s|red)?|favou?r(?:s|ed)?|choose|chose|pick|go with|opt for) ${some} over\\b`,
      'giu',
    ),
    'use $1 not',
  ],
  [/\bprefer(?:s|red)? (?!to\b)(\S+) to\b/giu, 'use $1 not'],
  [/\b(?:is|are) preferred (?:over|to)\b/giu, 'use not'],
  [/\b(?:instead of|rather than|in place of|in favou?r over)(?: using)?\b/giu, 'not'],
  [/\bnot(?: by)? using\b/giu, 'not'],
  [/,?\s*\binstead\b/giu, ''],
  [/\b(?:prefer|favou?r|choose|opt for|go with|make use of|rely on|stick (?:to|with))\b/giu, 'use'],
];

/** "Use X to build Y" is "build Y with X". */
const instruments: readonly Rewriting[] = [
  [
    /(^|[.;:,] )(?:we |you )?(?:must |should )?use ([^,.;:!?]{1,60}?) (?:to|for) ((?:(?! -{1,2} |[,.;:!?–—]).){1,80})/giu,
    '$1$3 with $2',
  ],
  [/\b(?:by )?using\b/giu, 'with'],
];

const bounds: readonly Rewriting[] = [
  [
    /\b(?:no|not|must not|mustn['’]?t) ([^,.;:!?()]{0,40}?) ?(?:has|have|is|are|be|takes?|exceeds?) (?:longer|bigger|larger|more|higher|greater) than\b/giu,
    '$1 atmost',
  ],
  [/(?:>=|≥) ?(?=v?\d)/gu, 'atleast '],
  [/(?:<=|≤) ?(?=v?\d)/gu, 'atmost '],
  [/(?<=\d)\+(?=[\s.,;)]|$)/gu, ' atleast'],
  [
    /\b(?:(?:may|can|must|should)(?: be)? )?(?:accepts?|allows?|permits?|supports?|tolerates?|takes?|handles?|serves?|uses?|has|have|holds?|be) (?=(?:at most|up to|(?:no|not) more than|not more than|a maximum of|max(?:imum)?\.? \d))/giu,
    '',
  ],
  [
    /\b(?:at most|up to|(?:no|not) more than|a maximum of|(?:is|are) (?:limited|capped|restricted) to|must not exceed|does not exceed)\b/giu,
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
    /\b(?:needs?|requires?|uses?|consumes?|takes?(?: up)?|occup(?:y|ies)) (?=\d+(?:\.\d+)? ?[KMGT]i?B\b)/giu,
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

const timing: readonly Rewriting[] = [
  [
    new RegExp(
      `\\b(?:keeps?|retains?|stores?|holds?) ${some} for (\\d+ ?${unit}),? (?:and )?then (deletes?|removes?|purges?|drops?)(?: it| them)?\\b`,
      'giu',
    ),
    '$3 $1 after $2',
  ],
  [/\bprior to\b|\bin advance of\b|\bahead of\b/giu, 'before'],
  [
    /\b(?:must|has to|have to|should|needs? to) be (?:up(?: and running)?|running|started|launched) (?=before|prior)/giu,
    'start ',
  ],
  [/\b(?:comes?|goes|happens?|takes? place|is done|precedes?) (?=before|after|prior to)/giu, ''],
  [/\bprecedes?\b/giu, 'before'],
  [/\bsubsequent to\b|\bonce\b|\bas soon as\b|\bfollowing (?=the |a |an )/giu, 'after'],
  // "Build A, then B": A comes before B.
  [/(?:[,;] (?:and )?| and )then\b/giu, ' before'],
  [/\bat (?:a time|once|the same time)\b|\bsimultaneous(?:ly)?\b|\bconcurrent(?:ly)?\b/giu, 'parallel'],
  [/\bat (?:an |the )?intervals? of\b|\bevery (?=\d)/giu, 'interval '],
  [/\bduring (?=\w+(?:ion|ment|ing)\b)/giu, 'while '],
  [/\b(?:on|every|each) (?=(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)/giu, ''],
  [/\b(?:each|every) time\b/giu, 'whenever'],
  [/\b(?:each|every) night\b/giu, 'nightly'],
  [/\b(?:each|every) day\b|\bonce a day\b/giu, 'daily'],
  [/\b(?:each|every) week\b|\bonce a week\b/giu, 'weekly'],
  [/\b(?:each|every) month\b|\bonce a month\b/giu, 'monthly'],
  [/\b(?:each|every) hour\b|\bonce an hour\b/giu, 'hourly'],
];

const people: readonly Rewriting[] = [
  [
    new RegExp(
      `(^|[.;:!?] )${some} (?:must|should|has to|have to|needs? to) be (?:discussed|agreed|cleared|coordinated) with ${some}(?: first| beforehand)?(?=[.,;:!?]|$)`,
      'giu',
    ),
    '$1ask $3 before $2',
  ],
  [/\b(?:is|are) the responsibility of\b/giu, 'owned by'],
  [new RegExp(`\\bknows? ${some} best\\b`, 'giu'), 'expert $1'],
  [
    /\b(?:handed|hands?) (?:over )?([^,.;:!?]{1,60}?)(?: over)? to ([^,.;:!?]{1,60}?)(?=[.,;:!?]|$)/giu,
    'give $1 to $2',
  ],
  [/\bgives? up\b|\bstops? (?:trying|retrying)\b/giu, 'giveup'],
  [/\b(?:reads?|takes?|gets?|loads?) its (\S+(?: \S+)?) (?:from|out of)\b/giu, '$1 in'],
  [/\b(?:you|we) (?:can |will )?find ([^,.;:!?]{1,60}?) (?=in|under|at)\b/giu, '$1 '],
  [/\b(?:create|add|put|place) (?=(?:all |any )?new )/giu, ''],
  [/\b(?:ping|message|write to|mail|approach)(?= \p{Lu})/gu, 'ask'],
  [/\b(?:is|are) the authority (?:on|for|over)\b/giu, 'decide'],
  [
    /\bthe (?:right |best )?(?:person|one|contact) to (?:ask|contact|consult|talk to|speak to|turn to)\b/giu,
    'ask',
  ],
  [
    /(^|[.;,] )([^,.;:!?]{1,40}?) (?:is|are) (?:ask|the (?:point of contact|contact(?: person)?)) (?:for|on|about)\b/giu,
    '$1 ask $2 about',
  ],
  [
    /\b(?:reach out to|get in touch with|talk (?:to|with)|speak (?:to|with)|turn to|check with|contact|consult)\b/giu,
    'ask',
  ],
  [
    /\b(?:if|when|in case) (?:you have|there are) (?:any )?questions? (?:about|on|for|regarding)\b/giu,
    'about',
  ],
  [/\b(?:for|with) (?:any )?questions? (?:about|on|regarding)\b/giu, 'about'],
  [
    /\bquestions? (?:about|on|regarding)\b([^.;:!?()]{1,60}?)\b(?:go|goes|should go|belong) to\b/giu,
    'about $1 ask',
  ],
  [/\b(?:has|have) the (?:last|final) (?:word|say) (?:on|in|over|about)\b/giu, 'decide'],
  [
    /(^|[.;,] )([^,.;:!?]{1,60}?) (?:belongs? to|(?:is|are) (?:owned|looked after|taken care of) by) ([^,.;:!?]{1,60}?)(?=[.,;:!?]|$)/giu,
    '$1$3 owner $2',
  ],
  [
    /\b(?:listens?|runs?|answers?|(?:is|are) (?:served|reachable|available|running)|can be reached) (?:on |at )?(?:port (?=\d)|(?<=listens? on )(?=\d))/giu,
    'port ',
  ],
  [/\b(?:under|below|beneath|inside|within) (?=\uE000)/giu, 'in '],
  [
    /\b(configured|controlled|governed|determined|described|documented|explained|specified) (?:in|through|via)\b/giu,
    '$1 by',
  ],
  [/\blet (\S+(?: \p{Lu}\S+)?) know\b/giu, 'inform $1'],
  [/\b(?:(?:is|are) responsible for|(?:is|are) in charge of|looks? after|takes? care of)\b/giu, 'owner'],
  [/\bown\b/giu, 'owner'],
  [/\bsign(?:s|ed)? off(?: on)?\b/giu, 'approve'],
  [/\bby hand\b/giu, 'manually'],
  [/\b(?:by itself|on its own|of its own accord|by themselves|on their own)\b/giu, 'automatically'],
  [/\b(?:get|gets|got) rid of\b/giu, 'remove'],
  [/\b(?:throws?|threw|thrown) away\b/giu, 'discard'],
  [/\bthe (?:right |best )?place (?:for|of|to put)\b/giu, ''],
  [/\bcarry out\b|\bcarried out\b/giu, 'run'],
  [/\b(?:[Pp]ull|[Mm]erge) requests?\b|\bPRs?\b|\bMRs?\b/gu, 'pullrequest'],
];

/** Nouns that are written in one word, and their verbs in two. */
const compound =
  /\b(?:(clean|set|start|back|look|follow|warm|speed|spin|wrap)(?:t|n|g|k|p)?(?:s|ed|ing)?[ -](up)|(shut|slow|lock|tear|cool)(?:t)?(?:s|ed|ing)?[ -](down)|(roll|fall|hold)(?:s|ed|ing)?[ -](back)|(time|roll|sign|log|lock)(?:g)?(?:s|d|ed|ing)?[ -](out)|timing (out)|(hand|fail|take)(?:s|ed|ing)?[ -](over)|(change)[ -](logs?)|(code)[ -](base)|(file|user|host)[ -](names?)|(time)[ -](stamps?)|(white)[ -](space)|(end)[ -](points?))\b/giu;

function joined(_match: string, ...groups: unknown[]): string {
  const parts = groups.slice(0, -2).filter((part) => typeof part === 'string');
  return parts.length === 1 ? `time${parts.join('')}` : parts.join('');
}

/** "Port 80 is where it listens": what stands in front for stress goes back to its place. */
const cleft: Rewriting = [
  /^([^,.;:!?]{1,60}?) (?:is|are) (?:what|where|who|how|when|why) ([^.;:!?]{1,120}?)(?=[.!]?\s*$)/giu,
  '$2 $1',
];

const measures: readonly Rewriting[] = [
  [/(?<=\d),(?=\d{3}\b)/gu, ''],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:s|secs?|seconds?)\b(?![/-])/giu, ' second'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:mins?|minutes?)\b/giu, ' minute'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:h|hrs?|hours?)\b/giu, ' hour'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:ms|milliseconds?)\b/giu, ' millisecond'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?) ?(?:%|percent|per cent)/giu, ' percent'],
  [/(?<=(?<![\w.-])\d+(?:\.\d+)?)(?=[KMGT]i?B\b)/gu, ' '],
];

const rewritings: readonly Rewriting[] = [
  cleft,
  ...stress,
  ...timing,
  ...bounds,
  ...doubled,
  ...polarity,
  ...preference,
  ...instruments,
  ...people,
  ...obligation,
  ...measures,
];

/** @param text prose; what must not be touched, such as code, is masked. */
export function normalForm(text: string): string {
  return rewritings
    .reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
    .replace(compound, joined);
}
