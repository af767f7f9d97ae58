/** Private key blocks, also those of which only the first or the last part was recorded. */
import type { SecretMatch } from './match.ts';

const marker = /-----(BEGIN|END)[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** What may stand between the lines of a key: line ends (also written as `\n`), quotes, joins, PEM headers. */
const keyBody =
  /(?:(?:\\[rn]|[\s"'`+,>|])*(?:[A-Za-z0-9+/=]{16,}|(?:Proc-Type|DEK-Info|Version|Comment)[^\n\\]{0,100}))*(?:(?:\\[rn]|\s){1,4}[A-Za-z0-9+/]{1,15}={0,2}(?![\w ]))?/y;
const putty = /PuTTY-User-Key-File-\d[^\n]{0,100}\n[\s\S]{0,20000}?Private-MAC: [0-9a-f]{40,64}/g;
/** Longer than any key in use. */
const longestKey = 20_000;

export function* findPrivateKeys(text: string): Generator<SecretMatch> {
  if (text.includes('PuTTY-User-Key-File-')) {
    for (const { index, 0: block } of text.matchAll(putty)) {
      yield { kind: 'private-key', start: index, end: index + block.length };
    }
  }
  if (!text.includes('PRIVATE KEY')) return;
  const markers = [...text.matchAll(marker)];
  let covered = 0;
  for (const [position, mark] of markers.entries()) {
    const end = mark.index + mark[0].length;
    if (end <= covered) continue;
    const next = markers[position + 1];
    if (mark[1] === 'END') {
      const start = startOfTail(text, covered, mark.index);
      yield { kind: 'private-key', start, end };
      covered = end;
    } else if (next?.[1] === 'END' && next.index - end <= longestKey) {
      covered = next.index + next[0].length;
      yield { kind: 'private-key', start: mark.index, end: covered };
    } else {
      keyBody.lastIndex = end;
      covered = end + (keyBody.exec(text)?.[0].length ?? 0);
      yield { kind: 'private-key', start: mark.index, end: covered };
    }
  }
}

/** Walks back from an end marker without a beginning, over the lines that can belong to the key. */
function startOfTail(text: string, from: number, end: number): number {
  const before = text.slice(Math.max(from, end - longestKey), end);
  const lines = before.split(/(?<=\n|\\n)/);
  let start = end;
  for (const line of lines.reverse()) {
    if (!/^\s*["'`]?[A-Za-z0-9+/=]{1,}(?:\\[rn]|["'`+,\s])*$/.test(line) || (start < end && line.length < 16))
      break;
    start -= line.length;
  }
  return start;
}
