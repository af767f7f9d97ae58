/** Work on one thing is done one piece after the other; on different things side by side. */
export interface OneByOne {
  run<T>(key: number, work: () => Promise<T>): Promise<T>;
  /** Whether anything is done or waits for this key. */
  isBusy(key: number): boolean;
  settled(): Promise<void>;
}

export function createOneByOne(): OneByOne {
  const last = new Map<number, Promise<unknown>>();
  return {
    run(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work);
      const done = turn
        .catch(() => undefined)
        .then(() => {
          if (last.get(key) === done) last.delete(key);
        });
      last.set(key, done);
      return turn;
    },
    isBusy: (key) => last.has(key),
    async settled() {
      await Promise.all(last.values());
    },
  };
}
