/** Keeps the values of a label few: each is a time series for as long as the process lives. */

/** A kind, a state, a code: never a name or a sentence that somebody else chose. */
const code = /^[a-z][a-z0-9_-]{0,39}$/;
const most = 40;

/** @returns a function that gives back the first 40 codes it meets, and `other` for whatever else it is given. */
export function boundedLabel(): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most || !code.test(value)) return 'other';
    known.add(value);
    return value;
  };
}
