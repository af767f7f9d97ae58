import { describe, expect, it } from 'vitest';
import { readClaim } from '../../../src/core/text/claim/claim.ts';
import { relationOf } from '../../../src/core/memory/relation.ts';
import { readStatements } from '../../../src/core/memory/statements.ts';
import { likeness } from '../../../src/core/text/claim/same-claim.ts';
import { given } from '../../dreamers/embedded/store/input.ts';

/** Wordings that people would use for one another. */
const paraphrases: readonly (readonly [string, string])[] = [
  ['Run `make lint` before pushing.', 'Before you push, run `make lint`.'],
  ['Use pnpm for installing packages.', 'Packages are installed using pnpm.'],
  ['Never commit directly to main.', 'Do not commit directly to `main`'],
  ['All timestamps are stored in UTC.', 'Timestamps must always be stored in UTC'],
  ['Integration tests need a running Postgres.', 'A running Postgres is required for the integration tests.'],
  ['The API rate limit is 100 requests per minute.', 'API rate limit: 100 requests per minute'],
  [
    'Deploys to staging require approval from the on-call engineer.',
    'You need approval of the on-call engineer to deploy to staging.',
  ],
  ['Feature flags live in `config/flags.yml`.', 'Feature flags are defined in `config/flags.yml`'],
  ['Invoices are numbered per calendar year.', 'Number the invoices per calendar year'],
  [
    'Restart the worker after changing environment variables.',
    'After changing environment variables, restart the workers.',
  ],
  ['Prefer composition over inheritance.', 'Favour composition over inheritance!'],
  ['Keep functions under 40 lines.', 'Functions should be kept under 40 lines'],
  ['Write commit messages in the imperative mood.', 'Commit messages must be written in imperative mood.'],
  ['Snapshot tests must be updated with `npm test -- -u`.', 'Update snapshot tests with `npm test -- -u`'],
  ['The nightly job starts at 02:00 UTC.', 'Nightly job begins at 02:00 UTC.'],
  ['Ask Dana before you touch the billing schema.', 'Check with Dana prior to touching the billing schema.'],
  ['Error messages should name the file and the line.', 'Error messages must mention the file and the line'],
  ['Run the whole test suite before every release.', 'Before each release, execute the full test suite.'],
  ['Log in JSON, one object per line.', 'Logs are JSON with one object per line'],
  ['Secrets are kept in Vault, never in the repository.', 'Keep secrets in Vault and never in the repo.'],
  ['Migrations have to be backward compatible.', 'Make sure migrations are backward compatible.'],
  [
    'The staging database is reset every Sunday night.',
    'Every Sunday night the staging database gets reset.',
  ],
  ["Don't use `any` in TypeScript code.", 'Avoid `any` in TypeScript.'],
  ['Use the `Money` type for amounts, never floats.', 'Amounts use the `Money` type, not floats'],
  ['Delete feature branches once they are merged.', 'Feature branches are removed after merging.'],
  ['Customers on the Pro plan get 3 seats.', 'Pro plan customers get 3 seats'],
  ['Images are resized to 1200 px before upload.', 'Resize images to 1200 px before uploading them'],
  ['Every endpoint needs an OpenAPI description.', 'An OpenAPI description is required for each endpoint.'],
  ['The kitchen closes at 22:00 on weekdays.', 'On weekdays the kitchen closes at 22:00'],
  ['Always wear gloves when handling the negatives.', 'Wear gloves whenever you handle the negatives'],
  ['Suppliers are paid within 30 days.', 'We pay suppliers within 30 days.'],
  ['Tests live next to the code they test.', 'Put tests next to the code they test'],
  ['CI runs on Node 22.', 'Our CI runs on Node 22'],
  [
    'Bump the version in `package.json` before tagging a release.',
    'Before you tag a release, bump the version in package.json.',
  ],
  ['The search index is rebuilt with `bin/reindex`.', 'Rebuild the search index with `bin/reindex`.'],
  [
    'The search index is rebuilt by running `bin/reindex`.',
    'To rebuild the search index, run `bin/reindex`.',
  ],
  ['Run `bin/setup` after cloning the repository.', 'After you clone the repo, run `bin/setup`'],
  ['Database backups happen nightly at 3am.', 'Backups of the database happen nightly at 3am'],
  ['Format Go files with gofmt.', 'Go files are formatted with gofmt.'],
  ['It is important to validate all user input at the boundary.', 'Validate user input at the boundary.'],
];

/** Alike in words; merging any of these loses a fact. */
const nearMisses: readonly (readonly [string, string])[] = [
  ['Run the migrations before deploying.', 'Deploy before running the migrations.'],
  ['Use tabs in Go files.', 'Use tabs in Python files.'],
  ['Run the tests before committing.', 'Run the tests before committing if you touched Go code.'],
  ['Prefer composition over inheritance.', 'Prefer inheritance over composition.'],
  ['Copy files from staging to production.', 'Copy files from production to staging.'],
  ['Orders calls billing.', 'Billing calls orders.'],
  ['Use pnpm, not npm.', 'Use npm, not pnpm.'],
  ['The API times out after 30 s.', 'The API times out after 60 s.'],
  ['Commit generated files.', 'Never commit generated files.'],
  ['Deploy on Fridays only with approval.', 'Deploy on Fridays with approval.'],
  ['Retry failed uploads three times.', 'Retry failed uploads twice.'],
  [
    'The importer reads CSV files from the inbox folder.',
    'The exporter writes CSV files to the inbox folder.',
  ],
  ['Run unit tests with `npm test`.', 'Run integration tests with `npm test`.'],
  ['Ana owns the billing service.', 'Ben owns the billing service.'],
  ['Use `--locked` on CI.', 'Use `--frozen` on CI.'],
  ['Cache responses for 5 minutes.', 'Cache responses for 5 hours.'],
  ['Log errors to Sentry.', 'Do not log expected errors to Sentry.'],
  ['Enable the beta flag for internal users.', 'Enable the beta flag for internal users except contractors.'],
  ['Invoices are sent monthly.', 'Invoices are sent weekly.'],
  ['Restart the worker after a deploy.', 'Restart the worker before a deploy.'],
  ['The frontend talks to the API over HTTPS.', 'The API talks to the frontend over HTTPS.'],
  ['Use double quotes in JSON.', 'Use single quotes in JavaScript.'],
  ['Refunds above 100 EUR need approval.', 'Refunds below 100 EUR need approval.'],
  ['Lock the door after closing.', 'Unlock the door after closing.'],
  ['Staging uses Postgres 15.', 'Production uses Postgres 15.'],
  ['Keep the changelog in English.', 'Keep the changelog in German.'],
  ['Admins can delete projects.', 'Admins cannot delete projects.'],
  ['The cron job may fail on holidays.', 'The cron job must not fail on holidays.'],
  ['Review every pull request within one day.', 'Review every pull request within two days.'],
  ['Send the report to finance and legal.', 'Send the report to finance.'],
  ['Write tests in TypeScript.', 'Write documentation in TypeScript.'],
  ['Tests must pass before merging.', 'Tests need not pass before merging.'],
  ['Use the blue pump for tank 1.', 'Use the red pump for tank 2.'],
  ['Feed the cats in the morning.', 'Feed the cats in the morning and evening.'],
  ['Every handler validates its input.', 'Some handlers validate their input.'],
  ['Payments are captured at checkout.', 'Payments are captured at shipping.'],
  [
    '`store.go` - `GitStore` struct wrapping git repository',
    '`session.go` - `GitStore` struct wrapping git repository',
  ],
  ['The first retry waits 1 second.', 'The second retry waits 1 second.'],
  ['Use a feature branch for every change except docs.', 'Use a feature branch for every change.'],
  ['No logging in hot paths.', 'Logging in hot paths.'],
];

function areSame(a: string, b: string): boolean {
  const [first, second] = readStatements(given({ files: { 'memory/notes.md': `- ${a}\n- ${b}\n` } }).store);
  return first !== undefined && second !== undefined && relationOf(first, second) !== undefined;
}

describe('two wordings', () => {
  it('of one claim are recognised, nine times in ten', () => {
    const missed = paraphrases.filter(([a, b]) => !areSame(a, b));
    expect(missed.length).toBeLessThanOrEqual(paraphrases.length / 10);
  });

  it.each(nearMisses)('of different claims are told apart: %s | %s', (a, b) => {
    expect(areSame(a, b)).toBe(false);
    expect(areSame(b, a)).toBe(false);
  });

  it.each([
    [
      'Run `make lint` before pushing.',
      'Run `make lint` before pushing; CI rejects unformatted code.',
      'second',
    ],
    [
      'Run `make lint` before pushing; CI rejects unformatted code.',
      'Before pushing, run `make lint`',
      'first',
    ],
    [
      'Keep signing secrets in the vault. Rotate them monthly.',
      'Keep signing secrets in the vault. Dana has the key.',
      'both',
    ],
    ['Keep secrets in the vault.', 'Secrets are kept in the vault', 'same'],
  ] as const)('say which of them says more: %s | %s', (a, b, expected) => {
    expect(likeness(readClaim(a), readClaim(b), true)).toBe(expected);
  });
});
