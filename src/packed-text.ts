/** Text that waits to be written, in little memory: as bytes outside the heap, and compressed where it is long. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The bytes (UTF-8), a piece at a time and as often as they are asked for. No piece ends within a text that was added. */
export interface PackedText extends Iterable<Buffer> {
  readonly bytes: number;
}

export interface Pack extends PackedText {
  add(text: string): void;
}

/** Less is not worth the time of compressing it. */
const pieceCharacters = 256 * 1_024;
/** Fastest: what is saved beyond is little. */
const level = 1;

export function createPack(): Pack {
  const pieces: Buffer[] = [];
  let waiting: string[] = [];
  let characters = 0;
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    add(text) {
      waiting.push(text);
      characters += text.length;
      bytes += Buffer.byteLength(text);
      if (characters < pieceCharacters) return;
      pieces.push(deflateRawSync(waiting.join(''), { level }));
      waiting = [];
      characters = 0;
    },
    *[Symbol.iterator]() {
      for (const piece of pieces) yield inflateRawSync(piece);
      if (waiting.length > 0) yield Buffer.from(waiting.join(''), 'utf8');
    },
  };
}

export function unpacked(text: PackedText): string {
  return Buffer.concat([...text]).toString('utf8');
}
