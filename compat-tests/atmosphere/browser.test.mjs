import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { until } from '../sdk/lib/until.mjs';
import { here, login, there, tracker } from './lib/backend.mjs';
import { divert, wireTo } from './lib/wire.mjs';

const within = (file) => fileURLToPath(new URL(`./node_modules/${file}`, import.meta.url));

/** The packages' own files for browsers, and how each of the two code bases is used there. */
const PAGES = {
  '2.3.8': {
    file: within('atmosphere-2/lib/atmosphere.js'),
    connect(options) {
      globalThis.subscription = globalThis.atmosphere.subscribe({
        contentType: 'application/json', logLevel: 'error', reconnectInterval: 300, maxReconnectOnClose: 40,
        fallbackTransport: 'websocket', trackMessageLength: true, ...options,
        onOpen: () => journal.push({ what: 'open' }),
        onReopen: () => journal.push({ what: 'reopen' }),
        onMessage: ({ responseBody }) => journal.push({ what: 'message', body: responseBody }),
      });
    },
  },
  '5.0.45': {
    file: within('atmosphere-5/dist/atmosphere.global.js'),
    async connect(options) {
      globalThis.subscription = await globalThis.atmosphere.subscribe(
        { contentType: 'application/json', enableProtocol: true, reconnect: true, reconnectInterval: 300,
          maxReconnectOnClose: 40, trackMessageLength: true, ...options },
        {
          open: () => journal.push({ what: 'open' }),
          reopen: () => journal.push({ what: 'reopen' }),
          message: ({ responseBody }) => journal.push({ what: 'message', body: responseBody }),
        },
      );
    },
  },
};

const cannot = !process.env.CHROMIUM && 'there is no Chromium';

describe('in a browser', { concurrency: true, skip: cannot }, () => {
  let browser;
  let site;
  const origin = () => `http://localhost:${site.address().port}`;

  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    site = http.createServer(async (request, response) => {
      const page = PAGES[decodeURIComponent(request.url.slice(1))];
      response.setHeader('content-type', page ? 'text/javascript' : 'text/html');
      response.end(page ? await readFile(page.file) : '<!doctype html><title>A page of the app</title>');
    });
    await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  });

  after(async () => {
    await browser?.close();
    site?.close();
  });

  for (const [version, { connect }] of Object.entries(PAGES)) {
    for (const transport of ['websocket', 'long-polling', 'streaming', 'sse']) {
      test(`a page of another origin gets events, and those that it has missed: ${version}, ${transport}`, { timeout: 90_000 }, async () => {
        const { user, hash } = await login(`page-${randomBytes(4).toString('hex')}`);
        const van = await tracker(user);
        const wire = await wireTo(here);
        const page = await browser.newPage();
        await page.goto(origin());
        await page.evaluate(() => { globalThis.journal = []; });
        await page.addScriptTag({ url: `${origin()}/${version}` });
        await page.evaluate(connect, {
          url: new URL('/event/subscription', wire.base).href,
          transport,
          // Without it the older client ignores server-sent events of another origin.
          enableXDR: true,
        });

        const journal = () => page.evaluate(() => globalThis.journal);
        const untilIn = (what, probe) => until(what, async () => probe(await journal()), {
          within: 40_000,
          explain: () => `${version} ${transport}`,
        });
        const says = (text) => (entries) => entries.some(({ what, body }) => what === 'message' && JSON.parse(body).data.additional?.note.value === text);
        await untilIn('open', (entries) => entries.some(({ what }) => what === 'open'));
        await page.evaluate((text) => globalThis.subscription.push(text), JSON.stringify({
          action: 'subscribe', hash, requests: [{ type: 'state', trackers: [van.id] }],
        }));
        await untilIn('the snapshot', says('first'));
        wire.cut();
        await van.tell('missed | é 😀');
        divert(wire, there);
        wire.clear();
        await untilIn('what was missed', says('missed | é 😀'));
        assert.equal((await journal()).filter(({ what }) => what === 'open').length, 1);
        await page.close();
        wire.close();
      });
    }
  }
});
