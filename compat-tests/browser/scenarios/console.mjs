import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from '../support/chromium.mjs';
import { Person } from '../support/person.mjs';
import { nameOf, serverToken, url } from '../support/server.mjs';

const target = new URL('../../target/browser/', import.meta.url);
const INES = nameOf('Ines');
const OMAR = nameOf('Omar');
const first = 100_000 + (Date.now() % 800_000);

const web = new URL('../../../gateway/src/main/resources/web/console/', import.meta.url);
const { age, leaves, percentile, readingsOf } = await import(new URL('values.js', web));
const { Tail } = await import(new URL('tail.js', web));

describe('the console by itself', () => {
  test('shows the leaves of a state by their paths', () => {
    assert.deepEqual(leaves({ gps: { speed: 7, tags: ['a'] }, on: false, none: null }),
      [{ name: 'gps.speed', text: '7' }, { name: 'gps.tags.0', text: 'a' }, { name: 'on', text: 'false' }]);
  });

  test('shows readings by their names, with units', () => {
    assert.deepEqual(readingsOf({ inputs: [{ sensor_id: 3, label: 'Tank', value: 41, units: 'l' }], states: [{ field: 'door', value: 'open' }] }),
      [{ name: 'Tank', text: '41 l' }, { name: 'door', text: 'open' }]);
  });

  test('counts holes and measures delays', () => {
    const tail = new Tail();
    tail.take({ type: 'change', counter: 0, position: '1000-1', body: { operation: 'create', object: { type: 'Message', id: 'layer:///messages/1' } } }, 1_020);
    const second = tail.take({ type: 'response', counter: 2, body: { method: 'Counter.read', success: true } }, 2_000);
    assert.deepEqual([second.fault, tail.faults, tail.position, tail.delays()], [true, 1, '1000-1', '20, 20 ms']);
    tail.newConnection();
    assert.equal(tail.take({ type: 'response', counter: 0, body: {} }, 3_000).fault, false);
  });

  test('says ages in a word, and finds percentiles', () => {
    assert.deepEqual([999, 61_000, 7_300_000].map(age), ['now', '1 min', '2 h']);
    assert.equal(percentile([5, 1, 9], 0.5), 5);
  });
});

describe('the console', { skip: serverToken ? false : 'no server token' }, () => {
  let browser;
  let watcher;
  let omar;

  const subject = async (method, path, body) => {
    const response = await fetch(`${url}/apps/default/subjects/${path}`, {
      method,
      headers: { Authorization: `Bearer ${serverToken}`, 'Content-Type': 'application/json', Accept: 'application/vnd.layer+json; version=3.0' },
      body: body && JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  };
  const truck = (speed) => ({
    gps: { location: { lat: 38.72, lng: -9.14 }, heading: 80, speed },
    connection_status: 'active',
    movement_status: speed > 0 ? 'moving' : 'parked',
  });
  const row = (id) => watcher.page.locator('#subjects tbody tr', { hasText: String(id) });

  before(async () => {
    mkdirSync(target, { recursive: true });
    browser = await launchChromium();
    await subject('PUT', first, {
      label: 'Truck 7', owner: INES, state: truck(61),
      readings: { inputs: [{ sensor_id: 4, label: 'Fuel', value: 41.5, units: 'l' }] },
    });
    await subject('PUT', first + 1, { label: 'Cold store', owner: OMAR, shared_with: [INES], state: truck(0) });
    watcher = await Person.arrive(browser, `${url}/console`, INES, { viewport: { width: 1360, height: 860 } });
    omar = await Person.arrive(browser, url, OMAR);
    await omar.logIn();
  });

  after(() => browser?.close());

  test('refuses a wrong token, and keeps none', async () => {
    await watcher.page.getByLabel('Server token').fill('not-the-token');
    await watcher.page.getByRole('button', { name: 'Watch' }).click();
    await watcher.page.locator('#subjects-note', { hasText: 'server token' }).waitFor();
  });

  test('shows subjects, and changes as they happen', async () => {
    await watcher.page.getByLabel('Server token').fill(serverToken);
    await watcher.page.getByRole('button', { name: 'Watch' }).click();
    await row(first).filter({ hasText: 'gps.speed 61' }).waitFor();
    await row(first).filter({ hasText: 'Fuel 41.5 l' }).waitFor();
    await subject('PATCH', `${first}/state`, { gps: { speed: 64 } });
    await row(first).filter({ hasText: '64' }).waitFor();
    await subject('POST', `${first + 1}/block`);
    await row(first + 1).locator('[data-standing="blocked"]').waitFor();
    await watcher.page.locator('#lifecycle li', { hasText: 'blocked' }).waitFor();
    await watcher.page.getByLabel('Filter subjects').fill('truck 7');
    await row(first + 1).waitFor({ state: 'detached' });
    await watcher.page.getByLabel('Filter subjects').fill('');
    await row(first + 1).waitFor();
  });

  test('shows the packets of a client, and how others are', async () => {
    await watcher.page.getByLabel('Development login').fill(INES);
    await watcher.page.getByRole('button', { name: 'Connect' }).click();
    await watcher.page.locator('#fact-state', { hasText: 'online' }).waitFor();
    await omar.startConversationWith(INES);
    await omar.write('The truck is on its way.');
    await watcher.page.locator('#tail td', { hasText: 'Message create' }).waitFor();
    await watcher.page.locator('#people li[data-presence="available"]', { hasText: OMAR }).waitFor();
    await watcher.page.locator('#fact-trip', { hasText: 'ms' }).waitFor();
    assert.equal(await watcher.page.locator('#fact-faults').textContent(), '0');
    await watcher.screenshot(fileURLToPath(new URL('console.png', target)));
  });

  test('leaves no secret behind', async () => {
    const kept = await watcher.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    assert.ok(!kept.includes(serverToken));
    const addresses = watcher.wire.addresses;
    assert.ok(addresses.length > 0 && addresses.every((address) => !address.includes('token')), addresses.join());
    await watcher.page.getByRole('button', { name: 'Forget the token' }).click();
    await watcher.page.getByRole('button', { name: 'Disconnect' }).click();
    assert.deepEqual(watcher.complaints, []);
  });
});
