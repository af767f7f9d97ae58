/** How the server is set up: small, safe on a crash, and silent about what is in the jobs. */

/** Given on the command line, so that a new version of ours brings them to files that exist already. */
export const serverSettings: Readonly<Record<string, string>> = {
  // Acknowledged is kept, whatever happens to the machine. These are the defaults; nobody shall wonder.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // The queue is a few thousand short rows; what does not fit is in the cache of the operating system.
  shared_buffers: '16MB',
  // One `serve` with its pool of 10 and its listener, `dreamkeeper jobs`, and a person with psql.
  max_connections: '40',
  // Its sorts are small; these are limits per connection, not reservations.
  work_mem: '2MB',
  maintenance_work_mem: '16MB',
  temp_buffers: '1MB',
  // PostgreSQL 18 starts three processes for asynchronous reads by default; there is nothing to read.
  io_method: 'sync',
  // No process for replication or parallel queries: nobody replicates, and no query is large.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_replication_slots: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '1',
  // Compiling a query costs more than any of ours takes.
  jit: 'off',
  // Rows of jobs change often, so cleaning up stays on; one worker at a time is enough.
  autovacuum: 'on',
  autovacuum_worker_slots: '1',
  autovacuum_max_workers: '1',
  // Disk: what waits to be replayed after a crash stays small, and so does the time that takes.
  min_wal_size: '16MB',
  max_wal_size: '64MB',
  huge_pages: 'off',
  // Errors of a statement are told to its client; here they would put what jobs hold into the log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  logging_collector: 'off',
  log_destination: 'stderr',
  lc_messages: 'C',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
