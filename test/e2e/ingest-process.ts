/** A process of its own that takes folders of transcripts in, one ingestion per folder: `<repository> <folder>...`. */
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { openSources } from '../../src/files.ts';
import { openRepository } from '../../src/git/repository.ts';
import { ingest } from '../../src/ingest.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { readSettings } from '../../src/settings.ts';

const [repository = '.', ...folders] = process.argv.slice(2);
const ledger = openLedger(await openRepository(repository, readSettings().git));
const redactor = createRedactor();
process.stdout.write('ready\n');
for (const folder of folders)
  await ingest({ sources: openSources([folder]), ledger, redactor, detail: 'condensed', submittedBy: 'ada' });
