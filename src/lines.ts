/** Lines of a stream of bytes, however long the stream or a line of it is. */
import type { Line } from './core/sessions/format.ts';

const lineFeed = 10;
const carriageReturn = 13;
const byteOrderMark = '\ufeff';

/**
 * @param chunks UTF-8; what is no UTF-8 becomes U+FFFD. A byte order mark at the start is left out.
 * @param limit bytes of a line; of a longer one only its size is told, and it is never held in memory.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let number = 0;
  let held: Uint8Array[] = [];
  let size = 0;
  const hold = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size > limit) held = [];
    else if (bytes.length > 0) held.push(bytes);
  };
  const finish = (): Line => {
    number += 1;
    const line = size > limit ? { number, text: '', oversize: size } : { number, text: decode(held, number) };
    held = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      hold(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (size > 0) yield finish();
}

function decode(parts: readonly Uint8Array[], number: number): string {
  const [only] = parts;
  const bytes =
    parts.length === 1 && only !== undefined
      ? Buffer.from(only.buffer, only.byteOffset, only.length)
      : Buffer.concat(parts);
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  const text = bytes.toString('utf8', 0, end);
  return number === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
