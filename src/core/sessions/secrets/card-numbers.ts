/** Numbers of payment cards: grouped as on the card or in one piece with an issuer's prefix, and passing Luhn's check. */
import type { SecretMatch } from './match.ts';

const grouped =
  /(?<![\w.,:-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3[47]\d{2}([ -])\d{6}\2\d{5})(?![\w-])/g;
/** Visa, Mastercard, American Express, Discover in their usual lengths; other runs of digits are ids and times. */
const inOnePiece = /(?<![\w.,:/=-])(?:4\d{15}|5[1-5]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12})(?![\w.-]|,\d)/g;

export function* findCardNumbers(text: string): Generator<SecretMatch> {
  for (const pattern of [grouped, inOnePiece]) {
    for (const { index, 0: number } of text.matchAll(pattern)) {
      if (passesLuhn(number.replace(/\D/g, ''))) {
        yield { kind: 'credit-card', start: index, end: index + number.length };
      }
    }
  }
}

/** ISO/IEC 7812-1, annex B. All zeros pass the sum and are no card. */
function passesLuhn(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
