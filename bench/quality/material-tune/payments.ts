import type { Material } from '../domain.ts';

export const payments: Material = {
  lessons: [
    {
      do: [
        'run `make proto` after editing `api/tillwork.proto`',
        'regenerate with `make proto` whenever `api/tillwork.proto` changes',
      ],
      dont: ['edit the files in `gen/` by hand', 'change anything in `gen/` manually'],
      keys: ['make proto', 'gen/'],
    },
    {
      do: ['use `money.Amount` for amounts', 'pass amounts around as `money.Amount`'],
      dont: ['use float64 for amounts', 'represent amounts as float64'],
      keys: ['money.Amount', 'float64'],
    },
    {
      do: [
        'put new migrations in `db/migrations` with a timestamp prefix',
        'give migrations in `db/migrations` a timestamp prefix',
      ],
      dont: ['modify a migration that is already merged', 'touch merged migrations'],
      keys: ['timestamp prefix', 'merged'],
    },
    {
      do: ['get the time from `clock.Now`', 'take the time from `clock.Now`'],
      dont: ['call `time.Now` directly', 'use `time.Now` in the code'],
      keys: ['clock.Now', 'time.Now'],
    },
    {
      do: ['send an idempotency key with every payout', 'set the idempotency key on payouts'],
      dont: ['retry a payout without an idempotency key', 'resend payouts that lack an idempotency key'],
      keys: ['idempotency key'],
    },
    {
      do: [
        'write log messages in lower case without a final dot',
        'start log messages in lower case and leave out the final dot',
      ],
      dont: ['log card numbers', 'put card numbers in the logs'],
      keys: ['lower case', 'card numbers'],
    },
    {
      do: [
        'name branches after the ticket, like TILL-123-refunds',
        'start branch names with the ticket, like TILL-123-refunds',
      ],
      dont: ['push to main directly', 'push straight to main'],
      keys: ['TILL-123', 'main'],
    },
    {
      do: ['use table driven tests with `t.Run`', 'write tests as tables with `t.Run`'],
      dont: ['use `t.Fatal` inside a goroutine', 'call `t.Fatal` from goroutines'],
      keys: ['t.Run', 't.Fatal'],
    },
    {
      do: [
        'ask the compliance channel before adding a field with personal data',
        'check with the compliance channel before you add personal data',
      ],
      dont: ['store the IBAN unencrypted', 'keep an IBAN without encryption'],
      keys: ['compliance', 'IBAN'],
    },
  ],
  stale: [
    {
      topic: 'deploy',
      note: 'The staging API is at https://till-stage.northquay.test.',
      subject: 'the staging API',
      old: 'https://till-stage.northquay.test',
      new: 'https://stage-api.northquay.test',
    },
    { topic: 'build', note: 'The Go version is 1.22.', subject: 'the Go version', old: '1.22', new: '1.25' },
    {
      topic: 'data',
      note: 'The ledger database runs on port 5433.',
      subject: 'the port of the ledger database',
      old: '5433',
      new: '6543',
    },
    {
      topic: 'deploy',
      note: 'Releases are cut from the `release` branch.',
      subject: 'the branch for releases',
      old: '`release`',
      new: '`trunk`',
    },
    {
      topic: 'data',
      note: 'The maximum payout is 5000 EUR per day.',
      subject: 'the maximum payout',
      old: '5000 EUR',
      new: '7500 EUR',
    },
    {
      topic: 'team',
      note: 'The on-call rota is kept in PagerDuty.',
      subject: 'the home of the on-call rota',
      old: 'PagerDuty',
      new: 'Rootly',
    },
    {
      topic: 'testing',
      note: 'The end to end suite is started with `make e2e-old`.',
      subject: 'the command for the end to end suite',
      old: '`make e2e-old`',
      new: '`make e2e-till`',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The legacy reconciler runs every night and mails differences to finance.',
      thing: 'the legacy reconciler',
    },
    {
      topic: 'testing',
      note: 'A shared test merchant named Acorn is there for manual tests.',
      thing: 'the shared test merchant Acorn',
    },
    {
      topic: 'team',
      note: 'The Thursday payments sync decides about new providers.',
      thing: 'the Thursday payments sync',
    },
    {
      topic: 'data',
      note: 'The read replica `ledger-ro` serves all reports.',
      thing: 'the read replica `ledger-ro`',
    },
  ],
  errors: [
    {
      command: 'go test ./internal/ledger/... -run TestPost{arg}',
      error:
        '--- FAIL: TestPost{arg} (0.02s)\n    db_test.go:{n}: dial tcp 127.0.0.1:5499: connect: connection refused\nFAIL\tgithub.com/northquay/tillwork/internal/ledger\t0.{n}s\nFAIL',
      fix: 'docker compose up -d ledger-db',
      works: ' Container ledger-db  Started',
      keys: ['docker compose up -d ledger-db'],
    },
    {
      command: 'go build ./cmd/tilld',
      error:
        'internal/payout/worker.go:{n}:2: no required module provides package github.com/northquay/tillwork/gen/tillpb; to add it:\n\tgo get github.com/northquay/tillwork/gen/tillpb',
      fix: 'make proto-all',
      works: 'buf generate\nwrote gen/tillpb/tillwork.pb.go',
      keys: ['make proto-all'],
    },
    {
      command: './bin/tillctl replay --batch {n}',
      error: 'Error: batch {n}: lock held by another replay (pid {n})',
      fix: './bin/tillctl unlock --stale',
      works: 'released 1 stale lock',
      keys: ['tillctl unlock --stale'],
    },
  ],
  rules: [
    {
      command: 'golangci-lint run ./... 2>&1 | tail -20',
      rule: 'errcheck',
      line: '{file}:{n}:2: Error return value of `tx.Rollback` is not checked (errcheck)',
      end: '2 issues:\n* errcheck: 2',
      before: 'defer tx.Rollback()',
      after: 'defer func() { _ = tx.Rollback() }()',
    },
    {
      command: 'golangci-lint run',
      rule: 'bodyclose',
      line: '{file}:{n}:18: response body must be closed (bodyclose)',
      end: '1 issues:\n* bodyclose: 1',
      before: 'resp, err := http.Get(url)',
      after: 'resp, err := http.Get(url)\n\tdefer resp.Body.Close()',
    },
    {
      command: 'staticcheck ./... | head -30',
      rule: 'SA4006',
      line: '{file}:{n}:3: this value of err is never used (SA4006)',
      end: '',
      before: 'err = post(ctx, leg)',
      after: 'if err := post(ctx, leg); err != nil {\n\treturn err\n}',
    },
  ],
  workflows: [
    {
      steps: ['make proto', 'make mocks', 'go test ./internal/{arg}/...', 'make contract-check'],
      args: ['ledger', 'refund', 'fees', 'payout', 'fx'],
      keys: ['make proto', 'make mocks', 'make contract-check'],
    },
    {
      steps: [
        'goose -dir db/migrations create {arg} sql',
        'make migrate-shadow',
        'make schema-dump',
        'go test ./db/...',
      ],
      args: ['add_fee_code', 'drop_legacy_iban', 'index_postings', 'payout_state', 'merchant_tags'],
      keys: ['goose', 'make migrate-shadow', 'make schema-dump'],
    },
  ],
};
