/** The block structure of a Markdown text, with positions in it. Inline marks are not parsed: no position needs them. */
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

/** Constructs inside a line: half the time of parsing, and the part that hostile text can make slow. */
const inline = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'emailAutolink',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'protocolAutolink',
  'strikethrough',
  'tasklistCheck',
  'wwwAutolink',
];
const withTables = { disable: { null: inline } };
const withoutTables = { disable: { null: [...inline, 'table'] } };
// The transforms look for links in text, which we do not read from the tree.
const toTree = [
  gfmFromMarkdown().map(({ enter, exit }) => ({ enter: enter ?? {}, exit: exit ?? {} })),
  frontmatterFromMarkdown(),
];

// Made once: putting the constructs together takes longer than parsing an entry.
const syntax = gfm();
const matterSyntax = frontmatter();

const frontMatter = /^---[ \t]*\r?\n(?:[\s\S]*?\n)?---[ \t]*(?:\r?\n|$)/;
const tableRule = /^(?:[ \t]*>)*[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\||$)/m;
/** Lines in a row without a blank one; in longer runs the parser's time is quadratic. No person writes these. */
const longestRun = 2_000;

/** @param text without a byte order mark: the parser would drop it and then count without it. */
export function parseBlocks(text: string): Root {
  const runs = longestRunIn(text);
  const hasTables = runs < longestRun && text.includes('|') && tableRule.test(text);
  const readable = shallow(runs < longestRun ? text : withoutLongParagraphs(text));
  // Where a rule that opens the file is never closed, the front matter construct would read no list after it.
  const matter = frontMatter.test(text) ? [matterSyntax] : [];
  return fromMarkdown(readable, {
    extensions: [syntax, ...matter, hasTables ? withTables : withoutTables],
    mdastExtensions: toTree,
  });
}

function longestRunIn(text: string): number {
  let longest = 0;
  let run = 0;
  for (const line of text.split('\n')) {
    run = line.trim() === '' ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Puts lines of prose in one line where there are very many. Keeps all offsets. */
function withoutLongParagraphs(text: string): string {
  return text.replace(
    /^(?: {0,3}\p{L}[^\n]*\n){1000,}/gmu,
    (run) => `${run.slice(0, -1).replaceAll('\n', ' ')}\n`,
  );
}

/** Nesting beyond what a person writes takes the parser quadratic time: such marks are read as letters. Keeps all offsets. */
function shallow(text: string): string {
  return text
    .replace(/^\ufeff/, 'x')
    .replace(
      /^((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){32})([-*+>\d.) \t]+)/gm,
      (_all, kept: string, rest: string) => kept + rest.replaceAll(/[-*+>\d]/g, 'x'),
    )
    .replace(/^([ \t]{160,})([-*+>\d])/gm, '$1x');
}
