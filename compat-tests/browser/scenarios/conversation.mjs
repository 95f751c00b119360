import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, describe, test } from 'node:test';
import { launchChromium } from '../support/chromium.mjs';
import { CuttableProxy } from '../support/cuttable-proxy.mjs';
import { Person } from '../support/person.mjs';
import { makePng } from '../support/picture.mjs';
import { nameOf, url } from '../support/server.mjs';

const target = new URL('../../target/browser/', import.meta.url);
const screenshotPath = (name) => fileURLToPath(new URL(`${name}.png`, target));
const INES = nameOf('Ines');
const OMAR = nameOf('Omar');

const proxy = new CuttableProxy(new URL(url));
let browser;
let ines;
let omar;

describe('the chat page', () => {
  before(async () => {
    mkdirSync(target, { recursive: true });
    browser = await launchChromium();
    ines = await Person.arrive(browser, url, INES);
    omar = await Person.arrive(browser, url.startsWith('http:') ? await proxy.open() : url, OMAR);
  });

  after(async () => {
    await browser?.close();
    proxy.close();
  });

  afterEach(async (context) => {
    if (context.passed ?? context.error === undefined) return;
    const name = context.name.replaceAll(/\W+/g, '-');
    await ines.screenshot(screenshotPath(`failed-${name}-ines`)).catch(() => {});
    await omar.screenshot(screenshotPath(`failed-${name}-omar`)).catch(() => {});
  });

  test('two people log in by name', async () => {
    await Promise.all([ines.logIn(), omar.logIn()]);
  });

  test('a conversation begins with a name', async () => {
    await ines.startConversationWith(OMAR);
    await omar.open(INES);
  });

  test('text goes both ways', async () => {
    await ines.write('Are the pears ripe?');
    await omar.sees('Are the pears ripe?');
    await omar.write('Since Tuesday.');
    await ines.sees('Since Tuesday.');
    await ines.seesExactly(['Are the pears ripe?', 'Since Tuesday.']);
    await omar.seesExactly(['Are the pears ripe?', 'Since Tuesday.']);
  });

  test('markup stays text', async () => {
    const markup = '<img src="/x" onerror="document.title=1"> & <b>bold</b>';
    await omar.write(markup);
    await ines.sees(markup);
    assert.equal(await ines.page.locator('#log b').count(), 0);
  });

  test('ticks tell sent, delivered and read', async () => {
    await ines.seesDelivery('Are the pears ripe?', 'read');
    await omar.leaveConversation();
    await ines.write('Shall I bring baskets?');
    await ines.seesDelivery('Shall I bring baskets?', 'delivered');
    await omar.entry(INES).locator('.badge', { hasText: '1' }).waitFor();
    await omar.open(INES);
    await ines.seesDelivery('Shall I bring baskets?', 'read');
    await omar.entry(INES).locator('.badge').waitFor({ state: 'hidden' });
  });

  test('typing shows, and ends', async () => {
    const typing = ines.page.locator('#typing.shown', { hasText: OMAR });
    const input = omar.page.getByLabel('Message', { exact: true });
    await input.pressSequentially('Two would');
    await typing.waitFor();
    await ines.page.locator('#list .is-typing').waitFor();
    await input.fill('');
    await typing.waitFor({ state: 'hidden' });
    await input.pressSequentially('Two would be enough.');
    await typing.waitFor();
    await omar.page.keyboard.press('Enter');
    await ines.sees('Two would be enough.');
    await typing.waitFor({ state: 'hidden' });
  });

  test('presence shows', async () => {
    await ines.page.locator('#conversation-avatar[data-presence="available"]').waitFor();
  });

  test('a picture arrives, sent in a binary frame', async () => {
    await ines.sendPicture(makePng(640, 400));
    await omar.page.waitForFunction(() => document.querySelector('#log .picture img')?.naturalWidth === 640);
    await ines.page.locator('#log .message:last-child [data-delivery="read"]').waitFor();
    const create = ines.wire.sent.find(({ body }) => body.data?.parts?.[0].mime_type === 'image/png');
    assert.equal(create.binary, true);
    const answer = ines.wire.received.flat().find(({ body }) => body.request_id === create.body.request_id);
    assert.equal(answer.body.success, true);
    assert.equal(answer.binary, true, 'a binary request is answered in kind');
  });

  test('it looks right in both schemes and on a phone', async () => {
    await ines.screenshot(screenshotPath('chat-light'));
    await ines.page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ines.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(dark, 'rgb(20, 24, 26)');
    await ines.screenshot(screenshotPath('chat-dark'));
    await ines.page.setViewportSize({ width: 390, height: 800 });
    await ines.page.locator('.sidebar').waitFor({ state: 'hidden' });
    await ines.screenshot(screenshotPath('phone-conversation-dark'));
    await ines.page.getByRole('link', { name: 'Back to the list' }).click();
    await ines.page.locator('.sidebar').waitFor();
    await ines.page.emulateMedia({ colorScheme: 'light' });
    await ines.screenshot(screenshotPath('phone-list-light'));
    await ines.page.setViewportSize({ width: 1100, height: 760 });
    await ines.open(OMAR);
  });

  test('a text too long for a packet arrives whole', async () => {
    const long = Array.from({ length: 90 }, (_, i) => `Basket ${i}: mostly pears, some äpples.`).join('\n');
    assert.ok(Buffer.byteLength(long) > 2048);
    await omar.write(long);
    await ines.sees('Basket 89');
    assert.equal((await ines.texts()).at(-1), long);
  });

  test('what was missed behind a cut comes back once and in order', async () => {
    await omar.page.getByRole('button', { name: 'Cut the connection' }).click();
    await omar.isInState('Offline');
    const missed = numbered('While you were away', 5);
    for (const text of missed) await ines.write(text);
    for (const text of missed) await ines.seesDelivery(text, 'sent');
    assert.ok(!(await omar.texts()).includes(missed[0]));
    await omar.page.locator('#cut', { hasText: 'Reconnect' }).click();
    await omar.seesNotice(/recovered: complete/);
    await omar.sees(missed[4]);
    assert.deepEqual((await omar.texts()).slice(-5), missed);
    assert.equal(omar.wire.resumed.at(-1).verdict, 'complete');
    await ines.seesDelivery(missed[4], 'read');
  });

  test('a connection reset while messages pour in loses and doubles nothing', { skip: !url.startsWith('http:') }, async () => {
    const poured = numbered('Pouring', 12);
    for (const text of poured.slice(0, 4)) await ines.write(text);
    await omar.sees(poured[0]);
    proxy.cut();
    for (const text of poured.slice(4)) await ines.write(text);
    await ines.seesDelivery(poured[11], 'sent');
    proxy.mend();
    await omar.isInState('Online');
    await omar.sees(poured[11]);
    assert.deepEqual((await omar.texts()).slice(-12), poured);
    assert.equal(omar.wire.resumed.at(-1).verdict, 'complete');
  });

  test('what is written offline goes out afterwards, once', async () => {
    await omar.page.getByRole('button', { name: 'Cut the connection' }).click();
    const written = numbered('Written offline', 3);
    for (const text of written) await omar.write(text);
    await omar.message(written[2]).locator('[data-delivery="sending"]').waitFor();
    await omar.page.locator('#cut', { hasText: 'Reconnect' }).click();
    await ines.sees(written[2]);
    assert.deepEqual((await ines.texts()).slice(-3), written);
    assert.deepEqual((await omar.texts()).slice(-3), written);
  });

  test('a reload shows the same state', async () => {
    const before = await omar.texts();
    await omar.page.reload();
    await omar.isInState('Online');
    await omar.seesExactly(before);
    await omar.page.waitForFunction(() => document.querySelector('#log .picture img')?.naturalWidth === 640);
    await omar.page.locator('#conversation-title', { hasText: INES }).waitFor();
  });

  test('scrolling up loads the past and keeps the place', async () => {
    await omar.leaveConversation();
    const many = numbered('Counting', 60);
    for (const text of many) await ines.write(text);
    await omar.entry(INES).locator('.badge', { hasText: '60' }).waitFor();
    await omar.open(INES);
    await ines.seesDelivery(many[59], 'read');
    const everything = await ines.texts();
    await omar.page.reload();
    await omar.sees(many[59]);
    const pane = omar.page.locator('#log-pane');
    await pane.hover();
    while (!(await omar.texts()).includes('Are the pears ripe?')) {
      const shown = (await omar.texts()).length;
      const top = await omar.page.locator('#log .message').first().elementHandle();
      await omar.page.mouse.wheel(0, -20_000);
      await omar.page.waitForFunction((count) => document.querySelectorAll('#log .text').length > count, shown);
      assert.ok((await top.boundingBox()).y > 0, 'the message that was on top is still in sight');
    }
    assert.deepEqual(await omar.texts(), everything);
  });

  test('everything can be done with the keyboard alone', async () => {
    const zoe = await Person.arrive(browser, url, nameOf('Zoe'));
    const { keyboard } = zoe.page;
    await keyboard.type(zoe.name);
    await keyboard.press('Enter');
    await zoe.isInState('Online');
    await tabTo(zoe, '#start-names');
    assert.notEqual(await focusRing(zoe), 'none');
    await keyboard.type(INES);
    await keyboard.press('Enter');
    await zoe.page.locator('#text:focus').waitFor();
    await keyboard.type('Without a mouse');
    await keyboard.press('Enter');
    await zoe.seesDelivery('Without a mouse', 'delivered');
    await keyboard.press('Escape');
    await zoe.page.locator('#list a:focus').waitFor();
    await keyboard.press('Enter');
    await zoe.page.locator('#text:focus').waitFor();
    await zoe.sees('Without a mouse');
    await ines.open(zoe.name);
    await ines.sees('Without a mouse');
    await zoe.seesDelivery('Without a mouse', 'read');
    assert.deepEqual(zoe.complaints, []);
    await zoe.context.close();
  });

  test('the wire was in order all the time', () => {
    for (const { name, wire } of [ines, omar]) {
      for (const packets of wire.received) {
        assert.deepEqual(packets.map(({ counter }) => counter), packets.map((_, i) => i), `counters of ${name} have no gap`);
        const positions = packets.map(({ position }) => position).filter(Boolean);
        assert.deepEqual(positions, [...new Set(positions)].sort(byPosition), `positions of ${name} only grow`);
      }
    }
  });

  test('a session that ends elsewhere leads back to the login', async () => {
    const { token } = await omar.page.evaluate(() => JSON.parse(sessionStorage.getItem('continuo.session')));
    const response = await fetch(new URL(`/sessions/${token}`, url), {
      method: 'DELETE',
      headers: { Accept: 'application/vnd.layer+json; version=2.0', Authorization: `Layer session-token="${token}"` },
    });
    assert.equal(response.status, 204);
    await omar.page.locator('#login-message', { hasText: 'session has ended' }).waitFor();
  });

  test('logging out leads back to the login', async () => {
    await ines.page.getByRole('button', { name: 'Log out' }).click();
    await ines.page.getByLabel('Your name').waitFor();
  });

  test('the browser had nothing to complain about', () => {
    assert.deepEqual([...ines.complaints, ...omar.complaints], []);
  });
});

const numbered = (text, count) => Array.from({ length: count }, (_, i) => `${text}, ${i + 1} of ${count}`);

function byPosition(a, b) {
  const sequence = (position) => Number(position.split('-')[1]);
  return sequence(a) - sequence(b);
}

async function tabTo({ page }, selector) {
  for (let presses = 0; presses < 20; presses++) {
    if (await page.locator(`${selector}:focus`).count()) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never came to ${selector}`);
}

const focusRing = ({ page }) => page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
