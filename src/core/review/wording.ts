/** Numbers and dates in words, without a locale. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `9 Feb`, with the year when it is not that of `now`. Both ISO 8601; dates are UTC. Empty when it is no date. */
export function shortDate(at: string, now: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(at) ?? [];
  const name = months[Number(month) - 1];
  if (year === undefined || name === undefined) return '';
  const date = `${Number(day)} ${name}`;
  return now.startsWith(year) ? date : `${date} ${year}`;
}

/** `1 session`, `4 sessions`; give the plural when it is not made with an s. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${thousands(number)} ${number === 1 ? noun : plural}`;
}

export function thousands(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** `+12`, `−340`, `±0`; with a true minus sign. */
export function signed(number: number): string {
  if (number === 0) return '±0';
  return `${number > 0 ? '+' : '−'}${thousands(Math.abs(number))}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
