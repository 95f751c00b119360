/**
 * Full jitter: anything between nothing and the doubled limit. When a node dies, its thousands of
 * clients come back spread out instead of in waves.
 */
const BASE_MS = 500;
const LIMIT_MS = 30_000;

export function backoff(attempt, random = Math.random) {
  return random() * Math.min(LIMIT_MS, BASE_MS * 2 ** attempt);
}
