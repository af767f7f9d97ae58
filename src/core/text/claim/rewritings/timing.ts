/** What comes before what, and how often. */
import { type Rewriting, some, unit } from './rewriting.ts';

export const timing: readonly Rewriting[] = [
  [
    new RegExp(
      `\\b(?:keeps?|retains?|stores?|holds?) ${some} for (\\d+ ?${unit}),? (?:and )?then (deletes?|removes?|purges?|drops?)(?: it| them)?\\b`,
      'giu',
    ),
    '$3 $1 after $2',
  ],
  [/\bin case(?: of)?\b|\bin the event (?:of|that)\b/giu, 'if'],
  [/\b(?:only|just|exactly) once\b/giu, 'once'],
  [/\bcomes? up\b/giu, 'is up'],
  [
    /\b(?:at|on|upon) (?:each |every |the )?(deploy(?:ment|s)?|merge|commit|push|release|login|install(?:ation)?)(?=[.,;:!?)]|$)/giu,
    'when $1',
  ],
  [/\bfirst,? (?:and|then) ([^,.;:!?()]{1,60}?) (?:second|next|afterwards|last)\b/giu, 'before $1'],
  [/\bprior to\b|\bin advance of\b|\bahead of\b/giu, 'before'],
  [
    /\b(?:must|has to|have to|should|needs? to) be (?:up(?: and running)?|running|started|launched) (?=before|prior)/giu,
    'start ',
  ],
  [/\b(?:comes?|goes|happens?|takes? place|is done|precedes?) (?=before|after|prior to)/giu, ''],
  [/\bprecedes?\b/giu, 'before'],
  [
    /\bsubsequent to\b|(?<!\b(?:at|only|just|exactly) )\bonce\b(?! (?:an?|per|every) |[.,;:!?)]|$)|\bas soon as\b|\bfollowing (?=the |a |an )/giu,
    'after',
  ],
  [/\bfirst,? (?:and )?then\b/giu, 'before'],
  // "Build A, then B": A comes before B.
  [/(?:[,;] (?:and )?| and )then\b/giu, ' before'],
  [/\bat (?:a time|once|the same time)\b|\bsimultaneous(?:ly)?\b|\bconcurrent(?:ly)?\b/giu, 'parallel'],
  [/\bat (?:an |the )?intervals? of\b|\bevery (?=\d)/giu, 'interval '],
  [/\b(?:on|every|each) (?=(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)/giu, ''],
  [/\b(?:each|every) time\b/giu, 'whenever'],
  [/\b(?:each|every) night\b/giu, 'nightly'],
  [/\b(?:each|every) day\b|\bonce (?:a|per) day\b/giu, 'daily'],
  [/\b(?:each|every) week\b|\bonce (?:a|per) week\b/giu, 'weekly'],
  [/\b(?:each|every) month\b|\bonce (?:a|per) month\b/giu, 'monthly'],
  [/\b(?:each|every) hour\b|\bonce (?:an|per) hour\b/giu, 'hourly'],
];
