import type { Material } from '../domain.ts';

export const payments: Material = {
  lessons: [
    {
      do: ['fetch rows with a `LIMIT`', 'put a `LIMIT` on each query that fetches rows'],
      dont: ['join across ledger partitions', 'write joins across ledger partitions'],
      keys: ['LIMIT', 'ledger partitions'],
    },
    {
      do: ['round with `money.HalfEven`', 'use `money.HalfEven` whenever something is rounded'],
      dont: ['round with `math.Round`', 'use `math.Round` for money'],
      keys: ['money.HalfEven', 'math.Round'],
    },
    {
      do: ['mask account numbers with `pii.Mask`', 'use `pii.Mask` on account numbers'],
      dont: ['return raw account numbers from the portal', 'show raw account numbers in the portal'],
      keys: ['pii.Mask', 'raw account numbers'],
    },
    {
      do: ['register jobs in `cmd/tilld/jobs.go`', 'list each job in `cmd/tilld/jobs.go`'],
      dont: ['start jobs from an `init` function', 'use an `init` function to start jobs'],
      keys: ['cmd/tilld/jobs.go', '`init` function'],
    },
    {
      do: ['return early with a guard clause', 'write a guard clause instead of nesting'],
      dont: ['nest more than three levels', 'go deeper than three levels of nesting'],
      keys: ['guard clause', 'three levels'],
    },
    {
      do: [
        'document new endpoints in `docs/openapi.yaml`',
        'describe each new endpoint in `docs/openapi.yaml`',
      ],
      dont: ['remove a field from a v1 response', 'drop fields of a v1 response'],
      keys: ['docs/openapi.yaml', 'v1 response'],
    },
    {
      do: ['count failures with `metrics.Fail`', 'report every failure through `metrics.Fail`'],
      dont: ['put merchant ids in metric labels', 'use merchant ids as metric labels'],
      keys: ['metrics.Fail', 'metric labels'],
    },
    {
      do: [
        'write commit subjects as `pkg: what changed`',
        'begin commit subjects with the package, as in `pkg: what changed`',
      ],
      dont: ['mention customers in a commit subject', 'write customer names into a commit subject'],
      keys: ['pkg: what changed', 'commit subject'],
    },
    {
      do: [
        'add a row to `testdata/fees.csv` for each new fee',
        'extend `testdata/fees.csv` with every new fee',
      ],
      dont: ['hard code fee rates in Go', 'write fee rates into the Go code'],
      keys: ['testdata/fees.csv', 'fee rates'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The linter version is golangci-lint 1.55.',
      subject: 'the linter version',
      old: '1.55',
      new: '2.4',
    },
    {
      topic: 'deploy',
      note: 'The primary region is `till-fra-1`.',
      subject: 'the primary region',
      old: '`till-fra-1`',
      new: '`till-dub-2`',
    },
    {
      topic: 'data',
      note: 'The chargeback window is 90 days.',
      subject: 'the chargeback window',
      old: '90 days',
      new: '120 days',
    },
    {
      topic: 'data',
      note: 'The queue for webhooks is `hooks.out`.',
      subject: 'the queue for webhooks',
      old: '`hooks.out`',
      new: '`relay.outbound`',
    },
    {
      topic: 'testing',
      note: 'The provider sandbox is at https://sandbox.payrail.test.',
      subject: 'the provider sandbox',
      old: 'https://sandbox.payrail.test',
      new: 'https://play.coinbridge.test',
    },
    {
      topic: 'team',
      note: 'The contact for disputes is Marguerite.',
      subject: 'the contact for disputes',
      old: 'Marguerite',
      new: 'Bartholomew',
    },
    {
      topic: 'deploy',
      note: 'The deploy window is Tuesday at 10:00.',
      subject: 'the deploy window',
      old: 'Tuesday at 10:00',
      new: 'Wednesday at 14:00',
    },
  ],
  gone: [
    {
      topic: 'build',
      note: 'The build target `make tilld-arm` produces the binary for the old terminals.',
      thing: 'the build target `make tilld-arm`',
    },
    {
      topic: 'data',
      note: 'The fraud spreadsheet is imported into the risk tables each Monday.',
      thing: 'the fraud spreadsheet',
    },
    {
      topic: 'deploy',
      note: 'The bastion host `hop-till` is the way into production.',
      thing: 'the bastion host `hop-till`',
    },
    {
      topic: 'testing',
      note: 'The replay cluster repeats last week of traffic on demand.',
      thing: 'the replay cluster',
    },
  ],
  errors: [
    {
      command: 'make e2e SUITE={arg}',
      error: 'e2e: suite {arg}: migration {n} is missing in till_e2e\nmake: *** [Makefile:{n}: e2e] Error 1',
      fix: 'make e2e-db-reset',
      works: 'till_e2e: recreated, schema is current',
      keys: ['make e2e-db-reset'],
    },
    {
      command: 'go generate ./internal/{arg}',
      error:
        'internal/{arg}/gen.go:{n}: running "stringer": exec: "stringer": executable file not found in $PATH',
      fix: 'make install-tools',
      works: 'installed stringer, sqlc and mockery to ./bin',
      keys: ['make install-tools'],
    },
    {
      command: 'helm template deploy --set feature={arg}',
      error:
        'Error: An error occurred while checking for chart dependencies: found in Chart.yaml, but missing in charts/ directory: till-lib ({n} files)',
      fix: 'helm dependency update deploy',
      works: 'Saving 1 charts',
      keys: ['helm dependency update deploy'],
    },
  ],
  rules: [
    {
      command: 'golangci-lint run --fast | head -25',
      rule: 'errorlint',
      line: '{file}:{n}:5: comparing with == will fail on wrapped errors. Use errors.Is to check for a specific error (errorlint)',
      end: '1 issues:\n* errorlint: 1',
      before: 'if err == sql.ErrNoRows {',
      after: 'if errors.Is(err, sql.ErrNoRows) {',
    },
    {
      command: 'golangci-lint run --new-from-rev main',
      rule: 'gocritic',
      line: '{file}:{n}:2: hugeParam: entry is heavy (216 bytes); consider passing it by pointer (gocritic)',
      end: '1 issues:\n* gocritic: 1',
      before: 'func post(entry Entry) error {',
      after: 'func post(entry *Entry) error {',
    },
    {
      command: 'staticcheck ./cmd/...',
      rule: 'ST1005',
      line: '{file}:{n}:10: error strings should not be capitalized (ST1005)',
      end: '',
      before: 'errors.New("Rate is missing")',
      after: 'errors.New("rate is missing")',
    },
  ],
  workflows: [
    {
      steps: ['buf lint api', 'buf breaking --against main', 'make client-sdk', 'go test ./api/{arg}/...'],
      args: ['refunds', 'invoices', 'webhooks', 'payouts', 'fees'],
      keys: ['buf lint', 'buf breaking', 'make client-sdk'],
    },
    {
      steps: [
        'make image TAG={arg}',
        'make image-scan TAG={arg}',
        'helm lint deploy',
        'make canary TAG={arg}',
      ],
      args: ['fx-fix', 'payout-retry', 'fee-table', 'risk-v3', 'audit-log'],
      keys: ['make image-scan', 'helm lint', 'make canary'],
    },
  ],
};
