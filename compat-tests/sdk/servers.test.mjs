import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servers } from './lib/server.mjs';

test('a run without both bases fails and names the missing one', () => {
  const url = 'http://127.0.0.1:1';
  assert.throws(() => servers({}), /CONTINUO_URL and CONTINUO_TLS_URL and CONTINUO_SERVER_TOKEN must be set/);
  assert.throws(() => servers({ CONTINUO_URL: url, CONTINUO_SERVER_TOKEN: 'x' }), /^Error: CONTINUO_TLS_URL must be set/);
  assert.throws(() => servers({ CONTINUO_URL: url, CONTINUO_TLS_URL: url, CONTINUO_SERVER_TOKEN: 'x' }), /must begin with https/);
});
