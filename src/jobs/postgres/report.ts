/** Puts what happens to the server into the log, and tells who else wants to know. */
import type { PostgresEvent, PostgresLog } from './events.ts';

export function report(
  log: PostgresLog,
  onEvent?: (event: PostgresEvent) => void,
): (event: PostgresEvent) => void {
  return (event) => {
    write(log, event);
    onEvent?.(event);
  };
}

function write(log: PostgresLog, { kind, ...about }: PostgresEvent): void {
  // Every line has our own pid under that name.
  const fields = 'pid' in about ? { server: about.pid } : about;
  switch (kind) {
    case 'created':
      return log.info(fields, 'made a new database for the queue');
    case 'ready':
      return log.info(fields, 'PostgreSQL takes connections');
    case 'orphan-stopped':
      return log.warn(fields, 'stopped a PostgreSQL that was left behind when its owner was killed');
    case 'set-aside':
      return log.warn(fields, 'the files of the queue’s database cannot be used: set aside, starting empty');
    case 'crashed':
      return log.warn(fields, 'PostgreSQL ended by itself; starting it again');
    case 'gave-up': {
      const { error, ...others } = { error: undefined, ...fields };
      return log.error({ ...others, err: error }, 'PostgreSQL ends again and again; it stays down');
    }
  }
}
