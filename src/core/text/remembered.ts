/** Remembers what was read from a text: pairs of entries are compared by the thousand, and each entry is in many. */

const mostTexts = 4_000;
/** Longer texts are few, and would hold much memory. */
const longestText = 4_000;

/** The same function, which reads a text once as long as it is remembered. The result must not be changed. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || text.length > longestText) return before ?? read(text);
    if (known.size >= mostTexts) known.clear();
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
