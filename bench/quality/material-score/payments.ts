import type { Material } from '../domain.ts';

export const payments: Material = {
  lessons: [
    {
      do: ['compare amounts with `money.Cmp`', 'use `money.Cmp` when comparing amounts'],
      dont: ['compare amounts with ==', 'use == on amounts'],
      keys: ['money.Cmp', '=='],
    },
    {
      do: ['wrap database work in `store.InTx`', 'do database work inside `store.InTx`'],
      dont: ['open transactions by hand', 'begin a transaction manually'],
      keys: ['store.InTx', 'transaction'],
    },
    {
      do: ['add a changelog fragment under `changes/`', 'drop a changelog fragment into `changes/`'],
      dont: ['edit CHANGELOG.md directly', 'write into CHANGELOG.md yourself'],
      keys: ['changes/', 'CHANGELOG.md'],
    },
    {
      do: ['read settings through `config.Load`', 'get settings from `config.Load`'],
      dont: ['call `os.Getenv` in packages', 'use `os.Getenv` inside packages'],
      keys: ['config.Load', 'os.Getenv'],
    },
    {
      do: ['round half to even', 'use half to even when rounding'],
      dont: ['round fees up', 'round up the fees'],
      keys: ['half to even', 'fees'],
    },
    {
      do: [
        'verify webhooks with `sign.Check` before parsing',
        'check webhooks using `sign.Check` before they are parsed',
      ],
      dont: ['parse an unsigned webhook', 'read webhooks that are unsigned'],
      keys: ['sign.Check', 'unsigned'],
    },
    {
      do: ['write SQL in `db/queries` and run `make sqlc`', 'keep SQL in `db/queries`, then run `make sqlc`'],
      dont: ['write SQL inside Go files', 'put SQL into Go files'],
      keys: ['db/queries', 'SQL'],
    },
    {
      do: [
        'request a review from two people for ledger changes',
        'get two reviewers for changes of the ledger',
      ],
      dont: ['merge ledger changes yourself', 'merge changes of the ledger on your own'],
      keys: ['ledger'],
    },
    {
      do: ['close channels only on the sending side', 'let the sending side close channels'],
      dont: ['start goroutines without errgroup', 'spawn goroutines outside of errgroup'],
      keys: ['sending side', 'errgroup'],
    },
  ],
  stale: [
    {
      topic: 'deploy',
      note: 'The sandbox API key page is at https://keys.northquay.test/old.',
      subject: 'the sandbox API key page',
      old: 'https://keys.northquay.test/old',
      new: 'https://console.northquay.test/keys',
    },
    {
      topic: 'build',
      note: 'The buf version is 1.28.',
      subject: 'the buf version',
      old: '1.28',
      new: '1.47',
    },
    {
      topic: 'data',
      note: 'The refund window is 90 days.',
      subject: 'the refund window',
      old: '90 days',
      new: '180 days',
    },
    {
      topic: 'deploy',
      note: 'The production cluster is `till-eu-1`.',
      subject: 'the production cluster',
      old: '`till-eu-1`',
      new: '`till-eu-3`',
    },
    {
      topic: 'team',
      note: 'The owner of the fee tables is Rashid.',
      subject: 'the owner of the fee tables',
      old: 'Rashid',
      new: 'Milena',
    },
    {
      topic: 'testing',
      note: 'The mock acquirer listens on port 9090.',
      subject: 'the port of the mock acquirer',
      old: '9090',
      new: '9444',
    },
    {
      topic: 'data',
      note: 'The dispute archive is stored in S3.',
      subject: 'the storage of the dispute archive',
      old: 'S3',
      new: 'Azure Blob',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The blue environment takes over when production is down.',
      thing: 'the blue environment',
    },
    {
      topic: 'testing',
      note: 'The nightly chaos test kills one pod per hour.',
      thing: 'the nightly chaos test',
    },
    {
      topic: 'data',
      note: 'The view `v_open_balances` feeds the dashboard of finance.',
      thing: 'the view `v_open_balances`',
    },
    {
      topic: 'team',
      note: 'The release captain of the week decides about hotfixes.',
      thing: 'the release captain',
    },
  ],
  errors: [
    {
      command: 'make sqlc',
      error:
        'db/queries/{arg}.sql:{n}:1: relation "fee_codes" does not exist\nmake: *** [Makefile:{n}: sqlc] Error 1',
      fix: 'make schema-load',
      works: 'schema loaded',
      keys: ['make schema-load'],
    },
    {
      command: 'go test ./internal/{arg}/...',
      error:
        'panic: testcontainers: cannot connect to the Docker daemon at unix:///var/run/docker.sock\n\ngoroutine {n} [running]:',
      fix: 'colima start --profile till',
      works: 'INFO[0014] done',
      keys: ['colima start'],
    },
    {
      command: 'git push origin {arg}-{n}',
      error: 'pre-push: signature bundle is older than 7 days (pid {n})\nerror: failed to push some refs',
      fix: './scripts/refresh-bundle.sh',
      works: 'bundle refreshed',
      keys: ['refresh-bundle.sh'],
    },
  ],
  rules: [
    {
      command: 'golangci-lint run --fast | head -40',
      rule: 'noctx',
      line: '{file}:{n}:24: net/http.Get must not be called. use net/http.NewRequestWithContext (noctx)',
      end: '1 issues:\n* noctx: 1',
      before: 'http.Get(u)',
      after: 'http.NewRequestWithContext(ctx, "GET", u, nil)',
    },
    {
      command: 'golangci-lint run ./internal/...',
      rule: 'exhaustive',
      line: '{file}:{n}:2: missing cases in switch of type fees.Kind: fees.Flat (exhaustive)',
      end: '1 issues:\n* exhaustive: 1',
      before: 'switch kind {',
      after: 'switch kind {\n\tcase fees.Flat:',
    },
    {
      command: 'go vet ./... 2>&1 | tail',
      rule: 'copylocks',
      line: '{file}:{n}:9: copylocks: range var w copies lock: payout.Worker contains sync.Mutex',
      end: '',
      before: 'for _, w := range workers {',
      after: 'for i := range workers {',
    },
  ],
  workflows: [
    {
      steps: ['make sqlc', 'make wire', 'go build ./cmd/{arg}', 'make smoke'],
      args: ['tilld', 'seed', 'replayd', 'feesync', 'cardd'],
      keys: ['make sqlc', 'make wire', 'make smoke'],
    },
    {
      steps: [
        './bin/till-fixtures pull {arg}',
        './bin/till-fixtures scrub',
        'make golden',
        'make verify-golden',
      ],
      args: ['eu', 'uk', 'za', 'br', 'us'],
      keys: ['till-fixtures pull', 'till-fixtures scrub', 'make verify-golden'],
    },
  ],
};
