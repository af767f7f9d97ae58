/** SHA-256 without a platform: the core runs where there is no node:crypto. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** @returns 64 hex digits: SHA-256 of the text's UTF-8 bytes (lone surrogates count as U+FFFD). */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
