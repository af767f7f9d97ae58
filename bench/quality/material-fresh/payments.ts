import type { Material } from '../domain.ts';
import { payments as dev } from '../material-dev/payments.ts';

/** Lessons and stale notes of its own; what agents run into is that of `dev`. */
export const payments: Material = {
  ...dev,
  lessons: [
    {
      do: ['store money as `Decimal`', 'keep amounts in `Decimal`'],
      dont: ['use floats for money', 'store money in floats'],
      keys: ['Decimal', 'floats'],
    },
    {
      do: [
        'run `make licences` after adding a dependency',
        'call `make licences` when a dependency is added',
      ],
      dont: ['add a dependency without asking Thandi', 'pull in new dependencies without asking Thandi'],
      keys: ['make licences', 'without asking Thandi'],
    },
    {
      do: ['pass the tenant id explicitly', 'hand over the tenant id as a parameter'],
      dont: ['read the tenant from a global', 'get the tenant out of a global variable'],
      keys: ['tenant id', 'global'],
    },
    {
      do: ['close issues with a link to the release', 'link the release when closing an issue'],
      dont: ['assign issues to yourself', 'take issues by assigning yourself'],
      keys: ['release', 'yourself'],
    },
    {
      do: ['write error messages in lower case', 'start error messages in lower case'],
      dont: ['end error messages with a period', 'put a period at the end of error messages'],
      keys: ['lower case', 'period'],
    },
    {
      do: ['check the idempotency key before booking', 'look at the idempotency key before a booking'],
      dont: ['book twice for one key', 'make two bookings for one key'],
      keys: ['idempotency key', 'for one key'],
    },
    {
      do: ['use table driven tests', 'write tests table driven'],
      dont: ['write one test function per case', 'add a test function for every case'],
      keys: ['table driven', 'test function'],
    },
    {
      do: ['name branches after the ticket', 'give branches the name of the ticket'],
      dont: ['force push to shared branches', 'rewrite shared branches with a force push'],
      keys: ['ticket', 'shared branches'],
    },
  ],
  stale: [
    {
      topic: 'deploy',
      note: 'The canary share is 10 percent.',
      subject: 'the canary share',
      old: '10 percent',
      new: '25 percent',
    },
    {
      topic: 'data',
      note: 'The ledger database is `till_main`.',
      subject: 'the ledger database',
      old: '`till_main`',
      new: '`ledger_core`',
    },
    {
      topic: 'testing',
      note: 'The test merchant is Acme.',
      subject: 'the test merchant',
      old: 'Acme',
      new: 'Globex',
    },
    {
      topic: 'team',
      note: 'The on-call lead is Ludmila.',
      subject: 'the on-call lead',
      old: 'Ludmila',
      new: 'Casimir',
    },
    { topic: 'build', note: 'The Go version is 1.21.', subject: 'the Go version', old: '1.21', new: '1.24' },
  ],
  gone: [
    {
      topic: 'build',
      note: 'The script `tools/gen-keys.sh` makes the keys for local runs.',
      thing: 'the script `tools/gen-keys.sh`',
    },
    {
      topic: 'deploy',
      note: 'The blue cluster takes over when the green one fails.',
      thing: 'the blue cluster',
    },
    { topic: 'team', note: 'The weekly fraud call is on Wednesdays.', thing: 'the weekly fraud call' },
  ],
};
