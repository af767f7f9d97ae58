import { openQueue } from '../support/jobs.ts';
import { testQueue } from './queue.ts';

testQueue('pg-boss on PostgreSQL', () => openQueue());
