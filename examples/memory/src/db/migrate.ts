import { readdir } from 'node:fs/promises';
import { sql } from './connection.ts';

const files = (await readdir(new URL('./migrations/', import.meta.url))).sort();

if (process.argv[2] === 'status') {
  console.log(`Schema version: ${files.length}`);
} else {
  for (const file of files) await sql.file(new URL(`./migrations/${file}`, import.meta.url));
}
await sql.end();
