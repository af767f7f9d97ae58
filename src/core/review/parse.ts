/** Reads a review back: which dream it shows and which boxes are ticked, after people and GitHub have edited it. */
import type { ListItem, Node } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { SKIP, visit } from 'unist-util-visit';
import { parseBox, parseHead, type ReviewHead } from './marker.ts';

export interface Box {
  readonly number: number;
  readonly checked: boolean;
}

export interface ParsedReview extends ReviewHead {
  /** By number. A box that somebody deleted is missing; it says nothing. */
  readonly boxes: readonly Box[];
}

/**
 * Markdown-aware, so that a marker in a code fence, a quote block or a code span is only text.
 * @returns undefined when the text is not a review of ours.
 */
export function parseReview(body: string): ParsedReview | undefined {
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  let head: ReviewHead | undefined;
  const boxes = new Map<number, boolean>();
  visit(tree, (node) => {
    // People reply by quoting; what they quote is not the review.
    if (node.type === 'blockquote') return SKIP;
    if (node.type === 'html') head ??= parseHead(node.value);
    if (node.type === 'listItem' && typeof node.checked === 'boolean') {
      const number = boxOf(node);
      if (number !== undefined && !boxes.has(number)) boxes.set(number, node.checked);
    }
    return undefined;
  });
  return head === undefined ? undefined : { ...head, boxes: known(head, boxes) };
}

/** What people ticked and un-ticked since the text was written: the text itself says how the boxes were then. */
export function changedBoxes({ boxes, dropped = [] }: ParsedReview): readonly Box[] {
  return boxes.filter(({ number, checked }) => checked === dropped.includes(number));
}

/** Our marker is the first thing in the item. */
function boxOf(item: ListItem): number | undefined {
  const [paragraph] = item.children;
  if (paragraph?.type !== 'paragraph') return undefined;
  const first = paragraph.children.find((child) => !isBlank(child));
  return first?.type === 'html' ? parseBox(first.value) : undefined;
}

const isBlank = (node: Node & { value?: string }): boolean =>
  node.type === 'text' && (node.value ?? '').trim() === '';

function known(head: ReviewHead, boxes: ReadonlyMap<number, boolean>): Box[] {
  return [...boxes]
    .filter(([number]) => head.proposals.includes(number))
    .map(([number, checked]) => ({ number, checked }))
    .sort((a, b) => a.number - b.number);
}
