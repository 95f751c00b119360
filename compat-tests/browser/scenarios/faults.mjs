/**
 * Faults that a sound server never shows, put on the wire between it and the page: a packet that gets lost,
 * and a history that cannot be continued.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from '../support/chromium.mjs';
import { Person } from '../support/person.mjs';
import { nameOf, url } from '../support/server.mjs';

const LEA = nameOf('Lea');
const MARIO = nameOf('Mario');

const sent = [];
let sockets = 0;
/** Decides about each packet from the server, told which socket it came by: null swallows it. */
let tamper = (packet) => packet;
let browser;
let lea;
let mario;

describe('the chat page on a faulty wire', () => {
  before(async () => {
    browser = await launchChromium();
    mario = await Person.arrive(browser, url, MARIO);
    lea = await Person.arrive(browser, 'about:blank', LEA);
    await lea.page.clock.install();
    await lea.page.routeWebSocket('**/websocket**', sitBetween);
    await lea.page.goto(url);
    await Promise.all([lea.logIn(), mario.logIn()]);
    await mario.startConversationWith(LEA);
    await lea.open(MARIO);
    await mario.write('Hello');
    await lea.sees('Hello');
  });

  after(() => browser?.close());

  test('a lost packet is noticed by its counter and sent again', async () => {
    tamper = once(isCreateOf('The one that gets lost'));
    await mario.write('The one that gets lost');
    await mario.seesDelivery('The one that gets lost', 'sent');
    await mario.write('The one after it');
    await lea.seesExactly(['Hello', 'The one that gets lost', 'The one after it']);
    const replays = sent.filter(({ body }) => body.method === 'Event.replay');
    assert.equal(replays.length, 1);
    assert.match(replays[0].body.data.from_position, /^\d+-\d+$/);
    await mario.seesDelivery('The one that gets lost', 'read');
  });

  for (const verdict of ['partial', 'lost']) {
    test(`a recovery that is ${verdict} loads everything anew`, async () => {
      await lea.page.getByRole('button', { name: 'Cut the connection' }).click();
      await mario.write(`Before the ${verdict} recovery`);
      await mario.seesDelivery(`Before the ${verdict} recovery`, 'sent');
      tamper = onceReplaced(isVerdict, (packet) => {
        packet.body.data.verdict = verdict;
        return packet;
      });
      await lea.page.locator('#cut', { hasText: 'Reconnect' }).click();
      await lea.seesNotice(`Recovery was ${verdict}`);
      await lea.isInState('Online');
      await lea.seesExactly(await mario.texts());
    });
  }

  test('a connection that has gone silent is given up', async () => {
    const asked = sent.length;
    const silent = sockets;
    tamper = (packet, socket) => (socket === silent ? null : packet);
    await lea.page.clock.fastForward('00:31');
    await eventually(() => sent.slice(asked).some(({ body }) => body.method === 'Counter.read'));
    await mario.write('Into the silence');
    await lea.page.clock.fastForward('00:11');
    await eventually(() => sockets === silent + 1);
    await lea.sees('Into the silence');
    await lea.seesExactly(await mario.texts());
  });

  test('nothing of it made the page stumble', () => {
    assert.deepEqual(lea.complaints, []);
  });
});

function sitBetween(socket) {
  const number = ++sockets;
  const server = socket.connectToServer();
  socket.onMessage((message) => {
    sent.push(JSON.parse(message.toString()));
    server.send(message);
  });
  server.onMessage((message) => {
    const packet = tamper(JSON.parse(message.toString()), number);
    if (packet) socket.send(JSON.stringify(packet));
  });
}

async function eventually(holds) {
  const deadline = Date.now() + 15_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `still waiting for ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isVerdict = ({ body }) => body.method === 'Session.resumed';

const isCreateOf = (text) => ({ body }) => body.operation === 'create' && body.data?.parts?.[0].body === text;

const once = (matches) => onceReplaced(matches, () => null);

function onceReplaced(matches, replace) {
  let done = false;
  return (packet) => {
    if (done || !matches(packet)) return packet;
    done = true;
    return replace(packet);
  };
}
