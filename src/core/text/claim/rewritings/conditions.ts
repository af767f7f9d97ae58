/** What must be so before something else may be, and what goes on meanwhile. */
import { denial, rest, type Rewriting, some, start } from './rewriting.ts';

const up = '(?:up(?: and running)?|running|started|online)';

/** "A only when B", "no A unless B", "B must be so before A": B comes before A. "A when B" says less, and stays. */
const gates: readonly Rewriting[] = [
  [new RegExp(`\\b${denial}(?: be)? ${some} unless ${rest}`, 'giu'), '$2 before $1'],
  [new RegExp(`${start}only ${some} (?:if|when|whenever) ${rest}`, 'giu'), '$1$3 before $2'],
  [
    new RegExp(`${start}((?!if\\b|when\\b)[^,.;:!?()]{1,80}?) only (?:if|when|whenever) ${rest}`, 'giu'),
    '$1$3 before $2',
  ],
  [
    new RegExp(
      `${start}((?!if\\b|when\\b)[^,.;:!?()]{1,60}?) only ([^,.;:!?()]{1,60}?) (?:if|when|whenever|after|once) ${rest}`,
      'giu',
    ),
    '$1$4 before $2 $3',
  ],
  [
    new RegExp(`${start}${some} is an? (?:precondition|prerequisite|requirement) (?:for|of) ${rest}`, 'giu'),
    '$1$2 before $3',
  ],
];

/** What a thing needs to be there: a variable that is set, a service that is up. */
const needs: readonly Rewriting[] = [
  [
    new RegExp(
      `${start}(?:set|export) (\\uE000\\d+\\uE001) (?:before|for|(?:when|whenever|while|to) (?:you )?(?=run|call|start|us)) ?(?:you )?(?:(?:run|call|start|us)(?:n?ing|e)? )?${rest}`,
      'giu',
    ),
    '$1$3 need $2',
  ],
  [
    new RegExp(
      `${start}(\\uE000\\d+\\uE001) (?:must|has to|needs to|should) be (?:set|exported|defined) (?:before|for|(?:when|whenever|while|to) (?:you )?(?=run|call|start|us)) ?(?:you )?(?:(?:run|call|start|us)(?:n?ing|e)? )?${rest}`,
      'giu',
    ),
    '$1$3 need $2',
  ],
  [
    /\b(?:needs?|requires?) (\uE000\d+\uE001) (?:to be (?:set|defined|exported)|set|in the environment)\b/giu,
    'need $1',
  ],
  [
    new RegExp(`${start}${some} (?:needs?|requires?) ${some} to be ${up}(?=[.,;:!?)]|$)`, 'giu'),
    '$1start $3 before $2',
  ],
  [
    new RegExp(
      `${start}${some} (?:must|has to|have to|should|needs? to) be ${up} (?:for|to|when|while) ${rest}`,
      'giu',
    ),
    '$1start $2 before $3',
  ],
  [new RegExp(`${start}${some} (?:needs?|requires?) an? running ${rest}`, 'giu'), '$1start $3 before $2'],
  [
    new RegExp(
      `${start}(?:an? )?running ${some} (?:is|are) (?:required|needed|necessary) (?:for|to run|by|to) ${rest}`,
      'giu',
    ),
    '$1start $2 before $3',
  ],
  [
    new RegExp(
      `\\b(?:must|has to|have to|should|needs? to) have ${some} (?:up and )?running (?:for|to|before|when|while) ${rest}`,
      'giu',
    ),
    'start $1 before $2',
  ],
  [
    new RegExp(`${start}(?:add|write|include) (?:an? |one )${some} for (?:every|each|all) ${rest}`, 'giu'),
    '$1$3 need $2',
  ],
  [/\b(each|every|all) ([^,.;:!?()]{1,40}?) (?:has|have|gets?) (?=an? )/giu, '$1 $2 need '],
  [
    new RegExp(
      `\\bthere (?:must|has to|have to|should|needs? to) be (?:an? |one )?${some} for (?:every|each|all|any) ${rest}`,
      'giu',
    ),
    '$2 need $1',
  ],
  [
    /\b(?:must|should|has to|have to|needs? to) (?:always )?(?:have|come with|(?:contain|include)(?= an? ))\b/giu,
    'need',
  ],
];

/** What goes on while something else does. */
const meanwhile: readonly Rewriting[] = [
  [
    /\b(?:while|whilst|as long as|when|if) ((?:an?|the|any|another) [^,.;:!?()]{1,40}?) (?:is|are) (?:still |currently )?(?:running|in progress|under way|underway|ongoing|going on|taking place|happening)\b/giu,
    'while $1',
  ],
  [/\bduring\b|\bin the (?:middle|course) of\b/giu, 'while'],
  [
    /(^|[.;:!?] )(?:when|whenever|while|as) ([^,.;:!?()]{1,40}?) (?:starts?(?: up)?|boots?(?: up)?|is (?:started|booted|launched)), (?:it|they) /giu,
    '$1$2 atstart ',
  ],
  [
    /\b(?:at|on|upon|while) (?:its |the )?(?:start-?up|boot(?:-?up)?|(?:start|launch)(?=[.,;:!?)]|$))/giu,
    'atstart',
  ],
  [
    /\b(?:when|whenever|while) (?:it|they) (?:starts?|boots?|launch(?:es)?|(?:is|are) (?:started|starting|launched|booted|booting))(?: up)?(?=[.,;:!?)]|$)/giu,
    'atstart',
  ],
  [/\b(?:at|on|upon|while) (?:its |the )?(?:shut-?down|exit(?=[.,;:!?)]|$)|termination)/giu, 'atstop'],
  [
    /\b(?:when|whenever|while) (?:it|they) (?:exits?|stops?|shuts? down|terminates?|(?:is|are) (?:stopped|stopping|shut down|shutting down|terminated))(?=[.,;:!?)]|$)/giu,
    'atstop',
  ],
];

/** What each change of a thing calls for. */
const changes: readonly Rewriting[] = [
  [
    new RegExp(
      `${start}(an? (?!approval|review|permission|consent|sign-?off)[^,.;:!?()]{1,60}?) (?:is|are) (?:required|needed|necessary) (?:for|after|on|with) (?:(?:each|every|any|all|an?) )?(?:changes?|edits?) (?:to|of|in) ${rest}`,
      'giu',
    ),
    '$1$2 if $3 changes',
  ],
  [
    new RegExp(
      `${start}(?:(?:each|every|any|all|an?) )?(?:changes?|edits?) (?:to|of|in) ${some} makes? ${some} (?:necessary|mandatory)\\b`,
      'giu',
    ),
    '$1must $3 if $2 changes',
  ],
  [
    new RegExp(
      `${start}(?:(?:each|every|any|all|an?) )?(?:changes?|edits?) (?:to|of|in) ${some} (?:needs?|requires?|means?|calls? for) (?:(?=\\w+ing\\b)${rest}|an? (?!approval|review|permission|consent|sign-?off)${rest})`,
      'giu',
    ),
    '$1$3$4 if $2 changes',
  ],
];

export const conditions: readonly Rewriting[] = [...meanwhile, ...changes, ...gates, ...needs];
