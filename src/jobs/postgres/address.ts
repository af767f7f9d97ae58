/** Where the server listens: on a socket that only its user can reach, and on loopback where there are no sockets. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DreamkeeperError } from '../../core/error.ts';

export type Address =
  { readonly kind: 'socket'; readonly folder: string } | { readonly kind: 'loopback'; readonly port: number };

/** The name of the one user and superuser. */
export const databaseUser = 'dreamkeeper';
/** Part of the socket's name; no port is open. */
const socketPort = 5432;
/** `sun_path` holds 104 bytes on macOS and BSD, 108 on Linux, and a zero at its end. */
const longestSocket = 103;

/** @param folder where the socket may be; whole because a connection string is used in other working folders. */
export async function chooseAddress(folder: string, platform: string = process.platform): Promise<Address> {
  const socket = join(folder, `.s.PGSQL.${socketPort}`);
  if (platform !== 'win32' && Buffer.byteLength(socket) <= longestSocket) return { kind: 'socket', folder };
  return { kind: 'loopback', port: await freePort() };
}

/** The server's settings for it. */
export function listenSettings(address: Address): Readonly<Record<string, string>> {
  return address.kind === 'socket'
    ? {
        listen_addresses: '',
        // A list that commas part; quotes keep a comma in the path.
        unix_socket_directories: `"${address.folder.replaceAll('"', '""')}"`,
        unix_socket_permissions: '0700',
        port: String(socketPort),
      }
    : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(address.port) };
}

/** @param password of hexadecimal digits, so that it needs no escapes. */
export function connectionString(address: Address, password: string): string {
  const host = address.kind === 'socket' ? encodeURIComponent(address.folder) : '127.0.0.1';
  const port = address.kind === 'socket' ? socketPort : address.port;
  // initdb makes this database; one of our own would be one step more to lose.
  return `postgresql://${databaseUser}:${password}@${host}:${port}/postgres`;
}

/** Free a moment ago: who takes it first makes the start fail, and the next start takes another. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await promisify(probe.close.bind(probe))();
  if (address !== null && typeof address === 'object') return address.port;
  throw new DreamkeeperError('database', 'no port is free on 127.0.0.1', { retryable: true });
}
