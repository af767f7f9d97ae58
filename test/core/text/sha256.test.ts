import { expect, it } from 'vitest';
import { sha256Hex } from '../../../src/core/text/sha256.ts';

it('is the SHA-256 of FIPS 180-2, appendix B.1', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
