/** Answers that are good for a while. */

export interface Remembered<T> {
  /** @param key without secrets: it is kept. */
  get(key: string, ask: () => Promise<T>): Promise<T>;
}

/** However many ask at once, one asks; failures are not remembered. @param most answers that are kept. */
export function remembered<T>(goodMilliseconds: number, most: number): Remembered<T> {
  const known = new Map<string, { readonly until: number; readonly answer: Promise<T> }>();
  return {
    get(key, ask) {
      const found = known.get(key);
      if (found !== undefined && found.until > performance.now()) return found.answer;
      const answer = ask();
      known.delete(key);
      known.set(key, { until: performance.now() + goodMilliseconds, answer });
      answer.catch(() => {
        if (known.get(key)?.answer === answer) known.delete(key);
      });
      // The oldest go first.
      for (const old of known.keys()) {
        if (known.size <= most) break;
        known.delete(old);
      }
      return answer;
    },
  };
}
