/** LISTEN and NOTIFY: a hint that there is something to do. Hints may be lost, so nobody relies on them. */
import type { Db } from 'pg-boss';
import type { Logger } from 'pino';

export const channel = 'dreamkeeper';
const againMilliseconds = 2_000;

type Handle = Awaited<ReturnType<NonNullable<Db['listen']>>>;

export interface Listener {
  readonly notify: () => void;
  readonly onNotify: (callback: () => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Holds a connection of its own from the first `onNotify` on. @param db the one in use now. */
export function listen(db: () => Db, log: Logger): Listener {
  const callbacks = new Set<() => void>();
  const tell = (): void => {
    for (const callback of callbacks) callback();
  };
  let handle: Handle | undefined;
  let begun = false;
  let closed = false;
  const isClosed = (): boolean => closed;
  const begin = async (): Promise<void> => {
    while (!isClosed()) {
      try {
        handle = await db().listen?.(channel, tell, tell);
        // Closed while it was being opened.
        if (isClosed()) await handle?.close();
        return;
      } catch (error) {
        log.debug({ err: error }, 'cannot listen yet; polling');
        await new Promise((resolve) => setTimeout(resolve, againMilliseconds).unref());
      }
    }
  };
  let telling = false;
  let again = false;
  const notify = async (): Promise<void> => {
    again = true;
    if (telling) return;
    telling = true;
    // Many requests at once wake once; the last of them always does.
    while (again) {
      again = false;
      await db()
        .executeSql(`SELECT pg_notify('${channel}', '')`)
        .catch(() => undefined);
    }
    telling = false;
  };
  return {
    notify: () => void notify(),
    onNotify(callback) {
      callbacks.add(callback);
      if (!begun) void begin();
      begun = true;
      return () => callbacks.delete(callback);
    },
    async close() {
      closed = true;
      await handle?.close();
    },
  };
}
