import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run faults`: what becomes of a dream whose server is killed in each of its steps, as a table. */
export default mergeConfig(base, defineConfig({ test: { env: { FAULTS_TABLE: 'yes' } } }));
