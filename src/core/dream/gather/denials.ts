/** Where people say that something changed, is wrong or is gone: the sentences that say it, with what stands beside them. */
import type { Sentence } from './reading.ts';
import { stripPleasantries } from './wording.ts';

/** Words that deny, or that set a present against a past. */
const cue = new RegExp(
  [
    String.raw`\b(?:not|never|no longer|nor|cannot|wrong|incorrect|untrue|mistaken|any ?more|any longer|nowadays|these days|by now|meanwhile|now|actually|since|finally|lately|recently)\b`,
    String.raw`\b\w+n['’]?t\b|^(?:no+|nope|nah)\b|\bno (?:such|more)\b|\bthere(?:'s| is| are) no\b|\bnobody\b`,
    String.raw`\b(?:was|were|had been|used to|formerly|previously|back then|before|old|older|last (?:week|month|year)|ago)\b`,
    String.raw`\b(?:outdated|out of date|stale|obsolete|gone|history|dead|defunct|past|expired|deprecated|superseded|discontinued)\b`,
    String.raw`\b(?:remov|delet|dropp|retir|kill|scrapp|cancell?|abolish|decommission|abandon|replac|renam|migrat|switch|swapp|upgrad|bump|rais|lower|chang|mov|dissolv|disband|clos|phas|ax|ditch|dismantl)(?:e|es|ed|ing)?\b`,
    String.raw`\b(?:kill|drop|cancell?|switch|swap|upgrade|shut|shuts|turned|taken|took|thrown|threw|went|torn|tore|got rid|stop|stopped|ceased|forget|forgot|ignore|disregard|skip|instead|rather than|rely|bother|still|once|today|over|off|left|goodbye|farewell|bye|rip|no need|ages|ended|ends|put to|where did you|you mean|has become|became)\b`,
  ].join('|'),
  'i',
);

/** What might be, or is yet to be, refutes nothing. */
const supposed =
  /\b(?:if|whether|maybe|perhaps|might|unless|let'?s|suppose|what about|how about|going to|plan(?:s|ning|ned)? to|(?:want|wants|like|need|needs) to|soon|tomorrow|(?:next|later this) (?:week|month|quarter|year|sprint))\b|\b(?:will|should|shall|could|would|can we|may) (?:be |we |i |you )|^(?:should|could|can|would|will|shall|when|once|until|unless)\b|'ll be\b/i;

/** The change is asked for: nothing has changed yet. */
const task =
  /^(?:(?:now|then|also|please|pls|just|and|instead|first|next)[\s,]+)*(?:rename|change|move|replace|switch|remove|delete|drop|add|update|set|make|bump|migrate|swap|upgrade|downgrade|raise|lower|increase|decrease|convert|refactor|rewrite|implement|fix|create|write|run|revert|undo|restore|put|turn|shut|clean|cancell?|disable|enable|extract|split|merge|rebase|commit|push|open|close|try|check|look|find|show|explain|tell|give|read|test|review|deploy|do|kill|retire|finish|continue)\b(?! (?:was|is|were|are|has|have)\b)/i;

const question = /\?\s*$/;

/** Questions that say that something cannot be so. */
const rhetorical =
  /\b(?:where (?:did|do) you|why (?:do|are|did) you (?:still|always)?|who told you|(?:doesn['’]?t|isn['’]?t|won['’]?t|wasn['’]?t|can['’]?t) .*\b(?:does|is|will|was|can) it)\b/i;

/** Longer than this, a question is one; shorter it repeats what was just heard: "the old table?" */
const echoedWords = 6;

function says(sentence: string): boolean {
  const text = stripPleasantries(sentence);
  if (supposed.test(text) || task.test(text)) return false;
  return !question.test(text) || rhetorical.test(text) || text.split(/\s+/).length <= echoedWords;
}

/** The sentences of one person's span each, in order. */
function spansOf(sentences: readonly Sentence[]): Sentence[][] {
  const spans: Sentence[][] = [];
  for (const sentence of sentences) {
    const open = sentence.previous === undefined ? undefined : spans.at(-1);
    if (open === undefined) spans.push([sentence]);
    else open.push(sentence);
  }
  return spans;
}

/** A denying sentence with its neighbours: at most three, none that asks or supposes. */
function windowsOf(span: readonly Sentence[]): Sentence[][] {
  const saying = span.map(({ text }) => says(text));
  const windows = span.flatMap(({ text }, at) => {
    if (saying[at] !== true || !cue.test(text)) return [];
    const from = at > 0 && saying[at - 1] === true ? at - 1 : at;
    const to = saying[at + 1] === true ? at + 1 : at;
    return [[from, to] as const];
  });
  return windows
    .filter(
      ([from, to], at) =>
        !windows.some(
          ([a, b], other) => other !== at && a <= from && b >= to && (b - a > to - from || other < at),
        ),
    )
    .map(([from, to]) => span.slice(from, to + 1))
    .filter((window) => window.some(({ text }) => !question.test(text)));
}

/** Windows of up to three sentences in which a person denies or tells of a change; each sentence verbatim. */
export function denials(sentences: readonly Sentence[]): Sentence[][] {
  return spansOf(sentences.filter(({ trust }) => trust === 'person')).flatMap(windowsOf);
}
