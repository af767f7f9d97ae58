/**
 * Loaded before the App: it keeps no pause between its requests, and tries again a hundred times sooner, since the stand-in
 * needs no sparing. What it does when GitHub says "too much" stays as it is.
 */
import { createRequire } from 'node:module';

type Callback = (...values: readonly unknown[]) => unknown;
type Make<T> = new (...values: readonly unknown[]) => T;
type Library = Make<{ on: (name: string, callback: Callback) => unknown }> & { Group: Make<object> };

// The one that Octokit's plugins use.
const require = createRequire(import.meta.resolve('probot'));
const path = require.resolve('bottleneck/light.js');
const Limiter = require(path) as Library;

const { Group } = Limiter;
Limiter.Group = class extends Group {
  constructor(options: unknown) {
    super({ ...(options as object), minTime: 0 });
  }
};

class SoonerLimiter extends Limiter {
  constructor(...values: readonly unknown[]) {
    super(...values);
    const { on } = this;
    this.on = (name, callback) => on(name, name === 'failed' ? sooner(callback) : callback);
  }
}

function sooner(callback: Callback): Callback {
  return async (...values) => {
    const milliseconds = await callback(...values);
    return typeof milliseconds === 'number' ? milliseconds / 100 : milliseconds;
  };
}

const loaded = require.cache[path];
if (loaded !== undefined) loaded.exports = SoonerLimiter;
