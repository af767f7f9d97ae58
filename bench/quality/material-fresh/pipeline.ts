import type { Material } from '../domain.ts';
import { pipeline as dev } from '../material-dev/pipeline.ts';

/** Lessons and stale notes of its own; what agents run into is that of `dev`. */
export const pipeline: Material = {
  ...dev,
  lessons: [
    {
      do: ['write timestamps in UTC', 'store every timestamp in UTC'],
      dont: ['use naive datetimes', 'create datetimes without a zone'],
      keys: ['UTC', 'datetimes'],
    },
    {
      do: ['bump `SCHEMA_VERSION` when a column changes', 'raise `SCHEMA_VERSION` with each column change'],
      dont: ['rename a published column', 'change the name of a published column'],
      keys: ['SCHEMA_VERSION', 'published column'],
    },
    {
      do: ['put sql into files below `models/`', 'keep sql in files under `models/`'],
      dont: ['write sql in python strings', 'embed sql in python strings'],
      keys: ['models/', 'python strings'],
    },
    {
      do: ['use `read_batches` for big tables', 'read big tables through `read_batches`'],
      dont: ['load a whole table into memory', 'read whole tables into memory'],
      keys: ['read_batches', 'into memory'],
    },
    {
      do: ['type annotate public functions', 'add type annotations to public functions'],
      dont: ['silence mypy with `type: ignore`', 'put `type: ignore` on a line to please mypy'],
      keys: ['public functions', 'type: ignore'],
    },
    {
      do: ['mark slow tests with `@slow`', 'put `@slow` on tests that take long'],
      dont: ['call the real gateway in tests', 'let tests talk to the real gateway'],
      keys: ['@slow', 'real gateway'],
    },
    {
      do: ['ask Lucia before touching forecasts', 'talk to Lucia before forecasts are changed'],
      dont: ['change historical partitions', 'edit partitions of the past'],
      keys: ['Lucia', 'partitions'],
    },
    {
      do: ['clear notebook output before a commit', 'commit notebooks with cleared output'],
      dont: ['commit parquet files', 'check in parquet files'],
      keys: ['output', 'parquet files'],
    },
  ],
  stale: [
    {
      topic: 'deploy',
      note: 'The scheduler is airflow-3.',
      subject: 'the scheduler',
      old: 'airflow-3',
      new: 'dagster-1',
    },
    {
      topic: 'data',
      note: 'The raw bucket is `s3://grid-raw`.',
      subject: 'the raw bucket',
      old: '`s3://grid-raw`',
      new: '`s3://grid-landing`',
    },
    {
      topic: 'testing',
      note: 'The coverage threshold is 80 percent.',
      subject: 'the coverage threshold',
      old: '80 percent',
      new: '85 percent',
    },
    {
      topic: 'team',
      note: 'The contact at the grid operator is Annika.',
      subject: 'the contact at the grid operator',
      old: 'Annika',
      new: 'Thorsten',
    },
    {
      topic: 'data',
      note: 'The retention of raw readings is 13 months.',
      subject: 'the retention of raw readings',
      old: '13 months',
      new: '24 months',
    },
  ],
  gone: [
    {
      topic: 'data',
      note: 'The table `readings_legacy` has the readings from before 2022.',
      thing: 'the table `readings_legacy`',
    },
    {
      topic: 'testing',
      note: 'The staging warehouse is refreshed every night.',
      thing: 'the staging warehouse',
    },
    {
      topic: 'build',
      note: 'The target `make wheels-arm` builds wheels for the gateways.',
      thing: 'the target `make wheels-arm`',
    },
  ],
};
