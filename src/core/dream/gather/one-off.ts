/** Whether words are tied to the work at hand: they point at what is before the speaker, or at the hours around them. */

/** What a demonstrative may point at and still mean the project at large. */
const project =
  'repo(?:sitory)?s?|project|code ?base|code|monorepo|workspace|company|team|organi[sz]ation|product|house|rule|convention|policy|is|are|means|way|kind|sort|point|file format';

/** "this function", "in that test": an object only those who talk can see. */
const pointsAtThing = new RegExp(
  String.raw`\b(?:this|these) (?!(?:${project})\b)(?!you\b|we\b)\p{L}|\bin there\b|\b(?:in|on|of|for|to|with|from|at|using|between|into|inside|under) (?:that|those)\b(?! (?:we|you|one)\b)|\bthat (?:one|file|function|test|line|branch|commit|script|call|row)\b`,
  'iu',
);

/** Parts of the work that exist once: the branch, the third step, line 40. */
const pointsAtWork =
  /\b(?:the|both)(?: \w+)? (?:last|previous|current|latest|above|failing|following|next|first|second|third|fourth|fifth|other) (?:one|two|three|few|\w+)\b|\bthe (?:rest|diff|output|errors?|bugs?|issues?|conflicts?|feedback|plan|comments?)\b|\bthe (?:lines?|parts?|places?|spots?|tests?|cases?|ones?|changes|files?) (?:that|which|you|i|we|it)\b|\b(?:the|our|your|my) (?:chat|conversation|thread|draft)\b|\b(?:line|row|option|step|item|point|number|id) \d+\b|\bthe (?:above|below)\b|\b(?:above|below)(?= (?:it|this|that|these|those)\b|\s*(?:[,.;:!?)]|$))|\b(?:what|as|like) you (?:have|had|did|wrote|got)\b|\bmy \w+\b|\b(?:for|show|tell|give) me\b/i;

/** The hours around what was said. */
const hours =
  /\b(?:right now|for now|for the (?:moment|time being|rest of)|until (?:i|we|you|it|then|this|that|the (?:real|release)|\w+day)|temporar(?:y|ily)|now|yet|today|tonight|tomorrow|yesterday|(?:this|next|last|on) (?:morning|afternoon|evening|week|month|time|monday|tuesday|wednesday|thursday|friday|release)|just now|at the moment|while (?:i|we|you|it|that|this)\b|in an? (?:minute|second|moment|hour|bit)|before (?:lunch|you (?:finish|stop|go|leave|start|continue|are done)|we are done)|when you(?:'re| are) (?:done|finished|ready)|once (?:you(?:'re| are)|it'?s|that'?s|this is) (?:done|finished|merged|ready)|after (?:this|that)|^first\b|as well|too|(?:one|once) more(?: time)?|(?<!^(?:don'?t|do not|never) .*)again)\b/i;

/** Somebody in the middle of something: "I am editing it", "we were looking at". */
const underway =
  /\b(?:i am|i'm|i was|we are|we're|we were|you are|you're|(?:everybody|everyone|nobody|no one|he|she) is|(?:people|they) are) (?:\w+ing|about to)\b/i;

/** What the speaker has just done: "I pushed something", "I've changed it". */
const ownDeed =
  /\bi(?:'ve| have)? (?:just |already |also )?(?!agreed|decided|said|told|asked|mentioned|explained|need(?:ed)?\b|rejected)(?:\w{2,}ed|went|did|made|put|took|wrote|ran|sent|got|found|broke)\b/i;

const ofTheTeam =
  /^(?:we|people|ppl|everybody|everyone|nobody|no one|one|in general|generally|all of us|devs|agents)\b/i;

/** Words of time that make a sentence last, and look like the others. */
const lasting =
  /\b(?:from now on(?:wards)?|next time|every ?time|at all times|as of (?:now|today)|any ?more|again, ever|ever again|never again|around here|whenever you touch (?:this|it)|whenever you work on (?:this|it))\b/gi;

export function isTiedToNow(text: string): boolean {
  const prose = text.replace(/`[^`]*`/g, ' x ').replace(lasting, ' ');
  if ([pointsAtThing, pointsAtWork, hours, underway, ownDeed].some((pattern) => pattern.test(prose)))
    return true;
  // "Here" is the team where people speak of themselves, and this place in the code where they do not.
  return /\bhere\b/i.test(prose) && !ofTheTeam.test(prose.trim());
}
