import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { here, login, there } from './lib/backend.mjs';
import { LayerSocket } from './lib/layer.mjs';
import { VERSIONS, Watcher, endClients } from './lib/watcher.mjs';
import { divert, wireTo } from './lib/wire.mjs';

const LIMIT = { timeout: 120_000 };
const TEXT = 'a|b ||"\\ é ŝ 😀|';

const ends = [];

after(() => {
  endClients();
  ends.forEach((end) => end());
});

/** Two people with a conversation, of whom one speaks by Layer's protocol. */
async function stage() {
  const suffix = randomBytes(4).toString('hex');
  const [ines, omar] = await Promise.all([login(`ines-${suffix}`), login(`omar-${suffix}`)]);
  const socket = await LayerSocket.open(there, ines);
  const wire = await wireTo(here);
  ends.push(() => socket.close(), () => wire.close());
  const conversation = await socket.converse(omar);
  return { ines, omar, socket, wire, conversation };
}

const positions = (watcher) => watcher.packets.filter(({ position }) => position).map(({ position }) => position);
const sequence = (position) => Number(position.split('-')[1]);

/** What has come twice is told by its position, and nothing is missing. */
function assertWhole(watcher) {
  const distinct = [...new Set(positions(watcher).map(sequence))].sort((a, b) => a - b);
  assert.deepEqual(distinct, distinct.map((_, i) => distinct[0] + i));
}

describe('users of Layer and of Atmosphere are the same', { concurrency: true }, () => {
  for (const version of Object.keys(VERSIONS)) {
    for (const transport of ['websocket', 'streaming', 'long-polling']) {
      test(`what is said by Layer's protocol is heard, also after a break: ${version}, ${transport}`, LIMIT, async () => {
        const { ines, omar, socket, wire, conversation } = await stage();
        await socket.appear('available');
        const watcher = await Watcher.connect(version, wire.base, { transport, trackMessageLength: true });
        await watcher.untilOpen();
        const answer = await watcher.ask({
          action: 'subscribe',
          hash: omar.hash,
          requests: [{ type: 'messages' }, { type: 'presence' }],
        });
        assert.deepEqual(answer.events, ['messages', 'presence']);
        await socket.say(conversation, TEXT);
        await watcher.until('the message', () => watcher.texts.includes(TEXT));
        await socket.appear('away');
        await watcher.until('presence', () => watcher.statuses(ines.user).at(-1) === 'away');

        wire.cut();
        await socket.say(conversation, `${TEXT} missed`);
        divert(wire, there);
        wire.clear();
        // Nobody has subscribed again.
        await watcher.until('what was missed', () => watcher.texts.includes(`${TEXT} missed`));
        await socket.say(conversation, 'after');
        await watcher.until('what came after', () => watcher.texts.at(-1) === 'after');
        await socket.appear('busy');
        await watcher.until('presence again', () => watcher.statuses(ines.user).at(-1) === 'busy');
        assertWhole(watcher);
        assert.equal(watcher.count('open'), 1, 'opened once');
      });
    }

    test(`a page that is loaded anew goes on at a position: ${version}`, LIMIT, async () => {
      const { omar, socket, wire, conversation } = await stage();
      const first = await Watcher.connect(version, wire.base);
      await first.untilOpen();
      await first.ask({ action: 'subscribe', hash: omar.hash, requests: [{ type: 'messages' }] });
      await socket.say(conversation, 'one');
      await first.until('the message', () => positions(first).length === 2);
      first.close();
      await socket.say(conversation, 'two');
      const since = positions(first).at(-1);
      const second = await Watcher.connect(version, wire.base);
      await second.untilOpen();
      await second.ask({ action: 'subscribe', hash: omar.hash, requests: [{ type: 'messages', since }] });
      await second.until('what was missed', () => positions(second).length === 2);
      assert.deepEqual(second.texts, ['two']);
      const [{ body }] = second.packets;
      assert.deepEqual([body.method, body.data.verdict, body.data.from], ['Session.resumed', 'complete', since]);
    });
  }
});
