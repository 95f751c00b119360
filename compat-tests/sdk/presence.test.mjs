import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PAIRS, meet, scene } from './lib/scene.mjs';

test('presence follows the other user: 3.4.18', { timeout: 60_000 }, scene(PAIRS[0], async ({ ines, omar }) => {
  await meet({ ines, omar });
  const shows = (status) => omar.until(`${ines} as ${status}`,
    async () => await omar.call('statusOf', ines.userId) === status);
  await shows('available');
  for (const status of ['away', 'busy', 'available']) {
    await ines.call('setStatus', status);
    await shows(status);
  }
}));

describe('a writer who vanishes', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`is said to have stopped typing: ${pair.title}`, { timeout: 60_000 },
      scene(pair, async ({ ines, omar }) => {
        const id = await meet({ ines, omar });
        await ines.call('typing', id, 'started');
        await omar.untilEvent('typing-indicator-change', (event) => event.typing.length === 1);
        await ines.vanish();

        // The SDK would forget the typist by itself after a while, so the packets are what counts.
        const signals = () => omar.connections.flat().filter((packet) => packet.type === 'signal')
          .map((packet) => packet.body.data.action).join();
        await omar.until('finished', () => /^started,(paused,)?finished$/.test(signals()), { within: 30_000 });
        assert.deepEqual(omar.events('typing-indicator-change').at(-1).typing, []);
      }));
  }
});
