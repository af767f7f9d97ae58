/** Splits typed text into the person's own words and what they pasted: fences, quotes, output, reviews, documents. */
import { isMachineLine, isPromptLine } from './machine-lines.ts';
import type { Span } from './session.ts';

type Shape = 'prose' | 'heading' | 'pasted';

interface Block {
  text: string;
  shape: Shape;
  /** Already judged by somebody else. */
  readonly trust?: Span['trust'];
}

/**
 * Looks through the pieces of a turn that are of trust `person` so far; the others are left as they are but seen as
 * part of the turn. Joined, the spans are the same text.
 */
export function proseSpans(pieces: readonly Span<string>[]): readonly Span<string>[] {
  const blocks = pieces.flatMap(({ text, trust }): Block[] =>
    trust === 'person' ? toBlocks(text) : [{ text, shape: 'pasted', trust }],
  );
  markDocument(blocks);
  markReviews(blocks);
  return blocks.flatMap(({ text, shape, trust }) => {
    if (trust !== undefined) return [{ text, trust }];
    return shape === 'pasted' ? [{ text, trust: 'pasted' as const }] : inlineSpans(text);
  });
}

const fence = /^\s*(```+|~~~+)/;
const listItem = /^\s*(?:[-*+•]|\d+[.)])\s/;

/** Blocks of lines of one shape; paragraphs are blocks of their own. Blank lines belong to the block before them. */
function toBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let inFence: string | undefined;
  let inOutput = false;
  let inList = false;
  let afterBlank = true;
  for (const line of text.split(/(?<=\n)/)) {
    const last = blocks.at(-1);
    const marker = fence.exec(line)?.[1];
    if (inFence === undefined && line.trim() === '') {
      if (last) last.text += line;
      else blocks.push({ text: line, shape: 'prose' });
      afterBlank = true;
      inOutput = false;
      continue;
    }
    const fenced = inFence !== undefined || marker !== undefined;
    if (marker !== undefined && inFence === undefined) inFence = marker;
    else if (marker !== undefined && inFence !== undefined && marker.startsWith(inFence)) inFence = undefined;
    inOutput ||= !fenced && isPromptLine(line);
    if (afterBlank && !/^\s/.test(line)) inList = false;
    inList ||= listItem.test(line);
    const shape = fenced || inOutput ? 'pasted' : shapeOf(line, last, inList, afterBlank);
    if (last?.shape === shape && (shape === 'pasted' || !afterBlank) && shape !== 'heading')
      last.text += line;
    else blocks.push({ text: line, shape });
    afterBlank = false;
  }
  return blocks;
}

function shapeOf(line: string, last: Block | undefined, inList: boolean, afterBlank: boolean): Shape {
  if (/^\s*>/.test(line) || isMachineLine(line)) return 'pasted';
  if (/^#{1,6} \S/.test(line)) return 'heading';
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const deep = indent.length >= 4 || indent.includes('\t');
  if (last?.shape === 'pasted' && !afterBlank && indent.length >= 2) return 'pasted';
  return deep && !inList ? 'pasted' : 'prose';
}

const severity =
  /^\W*(?:(?:low|medium|high|critical|minor|major)\W+(?:severity|priority|risk|issue)|(?:severity|priority)\W+(?:low|medium|high|critical|minor|major|p\d)|potential issue|nitpick|p[0-3] badge|\[?p[0-3]\])\b/i;

/** A text with headings or severity labels is a document or a bot's review: pasted from its start to its end. */
function markDocument(blocks: Block[]): void {
  const start = blocks.findIndex((block) => block.shape === 'heading' || severity.test(block.text));
  if (start < 0) return;
  const isLabel = blocks[start]?.shape !== 'heading';
  const length = blocks.slice(start).reduce((sum, block) => sum + block.text.length, 0);
  // "# always use tabs" is how one adds a memory by hand.
  if (!isLabel && length < 120 && blocks.length - start <= 2) {
    for (const block of blocks) if (block.shape === 'heading') block.shape = 'prose';
    return;
  }
  const from = isLabel && isTitle(blocks[start - 1]?.text) ? start - 1 : start;
  const to = isPersonsLastWord(blocks.at(-1), blocks.length - start) ? blocks.length - 1 : blocks.length;
  for (const block of blocks.slice(from, to)) block.shape = 'pasted';
}

function isTitle(text: string | undefined): boolean {
  return (
    text !== undefined &&
    text.trim().length <= 90 &&
    /^[A-Z`]/.test(text) &&
    !/[.?!:]\s*$/.test(text) &&
    !isPersonal(text)
  );
}

/** A short remark below a pasted text; "Let me know if …" is how a model ends. */
function isPersonsLastWord(block: Block | undefined, blocksInDocument: number): boolean {
  if (block?.shape !== 'prose' || blocksInDocument < 2) return false;
  const text = block.text.trim();
  if (text.length > 240 || listItem.test(text) || modelVoice.test(text)) return false;
  return text.endsWith('?')
    ? isPersonal(text)
    : /^(?:can|could|please|pls|let's|lets|i |i'|we |fix |address |also |and |but |ok)/.test(text);
}

const modelVoice =
  /\b(?:let me know|would you like me|shall i|should i proceed|i'll|i will|i've|i have)\b|^(?:Perfect|Great|Excellent|Done|Now let me|Let me)\b/i;

/** A paragraph written like a review or a report, and the impersonal paragraphs after it. */
function markReviews(blocks: Block[]): void {
  let inReview = false;
  for (const block of blocks) {
    if (block.shape !== 'prose') continue;
    const goesOn: boolean = inReview && !isPersonal(block.text) && block.text.trim().length >= 60;
    inReview = goesOn || readsLikeReport(block.text);
    if (inReview) block.shape = 'pasted';
  }
}

const firstPerson =
  /(?:^|[^\w.'`-])(?:[Ii](?:'m|'ve|'d|'ll)?|[Ww]e(?:'re|'ve|'d|'ll)?|[Mm]y|[Oo]ur|me|us|[Ll]et'?s|[Pp]lease|[Pp]ls|[Tt]hanks|[Cc]an you|[Cc]ould you|[Yy]ou should)(?![\w`-])/;
const standing =
  /(?:^|[.!\n][ \t]*)(?:always|never|don't|do not|from now on|prefer|remember|make sure|avoid)\b/i;
const code = /[a-z][A-Z]|\w_\w|\w\(\)|`[^`]+`|\.\w{1,4}:\d+|\b[Ll]ines? \d+/;
const reviewing =
  /\bthis (?:causes|results in|means|creates|could|may|can|leads to|would|produces)\b|\bconsider \w+ing\b|\bshould be avoided\b|\bsilently\b|\bthe fix (?:requires|is)\b|\bperformance issue\b|\binstead of (?:duplicating|\w+ing)\b|\brace condition\b|\bunexpectedly\b|\binconsistent with\b|\bmore robust\b|\blines? \d+/i;

/** Signs of somebody who talks to the agent. */
function isPersonal(text: string): boolean {
  return firstPerson.test(text) || /\?(?:\s|$)/.test(text) || /^\s*[a-z]/.test(text);
}

function readsLikeReport(text: string): boolean {
  const trimmed = text.trim();
  if (/^(?:Consider \w+ing|Suggestion:|Nit:|Recommendation:)/.test(trimmed)) return !isPersonal(trimmed);
  if ((trimmed.match(/^[ \t]*[-*] \*\*[^*\n]+\*\*/gm) ?? []).length >= 2) return true;
  if (trimmed.length < 160 || isPersonal(trimmed))
    return trimmed.length >= 300 && /^(?:I've|I have|I'll|Let me|Now let me|Perfect!)/.test(trimmed);
  if (standing.test(trimmed) && !reviewing.test(trimmed)) return false;
  const sentences = trimmed.match(/[.!](?:\s|$)/g)?.length ?? 0;
  const technical = code.test(trimmed) || reviewing.test(trimmed);
  return technical && (sentences >= 2 || trimmed.length >= 250);
}

/** Long quotations, quoted lines that begin mid-line, and placeholders of the terminal, inside the person's own words. */
const inlinePasted =
  /"[^"\n]{60,}"|“[^“”\n]{60,}”|[ \t]{3,20}> [^\n]*|\[(?:Image|Pasted text)[^\]\n]{0,200}\]/g;

function inlineSpans(text: string): readonly Span<string>[] {
  const spans: Span<string>[] = [];
  let done = 0;
  for (const match of text.matchAll(inlinePasted)) {
    if (!match[0].includes(' ')) continue;
    if (match.index > done) spans.push({ text: text.slice(done, match.index), trust: 'person' });
    spans.push({ text: match[0], trust: 'pasted' });
    done = match.index + match[0].length;
  }
  if (done < text.length) spans.push({ text: text.slice(done), trust: 'person' });
  return spans;
}
