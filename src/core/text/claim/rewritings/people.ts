/** Whom to ask, who owns what, and where it is. */
import { type Rewriting, some } from './rewriting.ts';

export const people: readonly Rewriting[] = [
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
    /\b(?:reach out to|get in touch with|talk (?:to|with)|speak (?:to|with)|turn to|check with|contact(?:ed)?|consult(?:ed)?)\b/giu,
    'ask',
  ],
  [
    /\b(?:if|when|in case) (?:you have|there are) (?:any )?questions? (?:about|on|for|regarding)\b/giu,
    'about',
  ],
  [/\b(?:for|with) (?:any )?questions? (?:about|on|regarding)\b/giu, 'about'],
  [
    /\b(?:direct|address|send|bring) (?:any |all |your )?questions? (?:about|on|regarding)\b([^.;:!?()]{1,60}?) to\b/giu,
    'about $1 ask',
  ],
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
  [/\bsign-?offs?\b/giu, 'approval'],
  [
    /(^|[.;:!?] )(\w+ing) ([^,.;:!?()]{1,60}?) is (?:the |a )?(?:job|task|duty|business) of ([^,.;:!?()]{1,60}?)(?=[.,;:!?)]|$)/giu,
    '$1$4 $2 $3',
  ],
  [/\bsign(?:s|ed)? off(?: on)?\b/giu, 'approve'],
  [/\bby hand\b/giu, 'manually'],
  [/\b(?:by itself|on its own|of its own accord|by themselves|on their own)\b/giu, 'automatically'],
  [/\b(?:get|gets|got) rid of\b/giu, 'remove'],
  [/\b(?:throws?|threw|thrown) away\b/giu, 'discard'],
  [/\bthe (?:right |best )?place (?:for|of|to put)\b/giu, ''],
  [/\bcarry out\b|\bcarried out\b/giu, 'run'],
  [/\b(?:[Pp]ull|[Mm]erge) requests?\b|\bPRs?\b|\bMRs?\b/gu, 'pullrequest'],
];
