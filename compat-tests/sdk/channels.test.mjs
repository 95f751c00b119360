import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PAIRS, scene } from './lib/scene.mjs';

// 1.2.2 does not know channels.
const NEW_PAIRS = PAIRS.filter(({ ines, omar }) => ines !== '1.2.2' && omar !== '1.2.2');

function untilChannel(user, id, matches = () => true) {
  return user.until(`channel ${id} as expected`, async () => {
    const seen = (await user.call('channels')).find((it) => it.id === id);
    return seen && matches(seen) && seen;
  });
}

function untilSaid(user, id, texts) {
  return user.until(`in the channel: ${texts}`, async () => {
    const seen = await user.call('channelMessages', id);
    return seen.map((message) => message.text).join() === texts.join() && seen;
  });
}

describe('a channel', { concurrency: NEW_PAIRS.length }, () => {
  for (const pair of NEW_PAIRS) {
    test(`from its beginning to its end: ${pair.title}`, { timeout: 120_000 },
      scene(pair, async ({ ines, omar, join, server, test: t }) => {
        const zoe = await join(pair.omar, { userId: `zoe-${ines.userId}`, displayName: 'Zoe' });
        const name = `pears of ${ines.userId}`;
        const all = [ines, omar, zoe];
        await Promise.all(all.map((user) => user.connect()));
        for (const user of all) assert.deepEqual(await user.call('channels'), []);
        let id;

        await t.test('is created with its members, who see it at once', async () => {
          const created = await ines.call('createChannel', { name, members: [omar.userId], metadata: { topic: 'jam' } });
          assert.equal(created.result, 'Created');
          id = created.id;
          for (const user of [ines, omar]) {
            assert.deepEqual(await untilChannel(user, id), { id, name, metadata: { topic: 'jam' }, isMember: true });
          }
        });

        await t.test('is found by who wants to create one of its name', async () => {
          const found = await zoe.call('createChannel', { name });
          assert.deepEqual(found, { id, result: 'Found' });
          assert.equal((await untilChannel(zoe, id)).isMember, false);
          const token = await zoe.call('sessionToken');
          const answer = await server.request('GET', `${id.replace('layer://', '')}/messages`, { token });
          assert.equal(answer.status, 403);
        });

        await t.test('is joined, and the members learn of it', async () => {
          for (const user of [ines, omar]) {
            assert.deepEqual((await user.call('members', id)).sort(), [ines.userId, omar.userId].sort());
          }
          await zoe.call('join', id);
          await untilChannel(zoe, id, (seen) => seen.isMember);
          for (const user of [ines, omar]) {
            await user.untilEvent('members:add', (event) =>
              event.members.includes(`${id}/members/${encodeURIComponent(zoe.userId)}`));
          }
          assert.deepEqual((await zoe.call('members', id)).sort(), all.map((user) => user.userId).sort());
        });

        await t.test('carries what is said to everyone in the same order', async () => {
          for (const user of all) await untilSaid(user, id, []);
          const texts = ['one', 'two', 'three', 'four'];
          for (const [number, text] of texts.entries()) await all[number % 3].call('say', id, text);
          const seen = await Promise.all(all.map((user) => untilSaid(user, id, texts)));
          for (const messages of seen) {
            assert.deepEqual(messages.map((message) => message.id), seen[0].map((message) => message.id));
            assert.deepEqual(messages.map((message) => message.conversationId), Array(4).fill(id));
            assert.deepEqual(messages.map((message) => message.status), Array(4).fill({}));
          }
        });

        await t.test('gives who was away what they have missed', async () => {
          zoe.weather.cut();
          await ines.call('say', id, 'five');
          zoe.weather.clear();
          await untilSaid(zoe, id, ['one', 'two', 'three', 'four', 'five']);
        });

        await t.test('shows who is typing', async () => {
          await ines.call('typingInChannel', id, 'started');
          const signals = () => omar.connections.flat().filter((packet) => packet.type === 'signal');
          await omar.until('typing', () => signals().length > 0);
          assert.equal(signals()[0].body.object.id, id);
          assert.equal(signals()[0].body.data.action, 'started');
        });

        await t.test('changes its metadata for everyone', async () => {
          await omar.call('setChannelMetadata', id, { topic: 'cider', 'season.name': 'autumn' });
          for (const user of all) {
            await untilChannel(user, id, ({ metadata }) =>
              metadata.topic === 'cider' && metadata.season?.name === 'autumn');
          }
        });

        await t.test('is left, and the members learn of it', async () => {
          await omar.call('leave', id);
          await omar.until('no channel', async () => (await omar.call('channels')).length === 0);
          const gone = `${id}/members/${encodeURIComponent(omar.userId)}`;
          for (const user of [ines, zoe]) {
            await user.untilEvent('members:remove', (event) => event.members.includes(gone));
          }
        });

        await t.test('loses a message, and then everything', async () => {
          const [first, ...rest] = await ines.call('channelMessages', id);
          await ines.call('deleteChannelMessage', first.id);
          await untilSaid(zoe, id, rest.map((message) => message.text));
          await ines.call('deleteChannel', id);
          for (const user of [ines, zoe]) {
            await user.until('no channel', async () => (await user.call('channels')).length === 0);
          }
        });
      }));
  }
});

test('a channel does not show to 1.2.2, and nothing else is missing there', { timeout: 60_000 },
  scene({ ines: '3.4.18', omar: '1.2.2', base: 'tls' }, async ({ ines, omar }) => {
    await Promise.all([ines.connect(), omar.connect()]);
    const { id } = await ines.call('createChannel', { name: `figs of ${ines.userId}`, members: [omar.userId] });
    await ines.call('say', id, 'in the channel');
    const conversation = await ines.call('createConversation', { participants: [omar.userId] });
    await ines.call('send', conversation.id, 'before');
    await ines.call('say', id, 'in the channel again');
    await ines.call('send', conversation.id, 'after');
    await omar.untilMessages(conversation.id, ['before', 'after']);
    assert.deepEqual(omar.connections.flat().filter((packet) => JSON.stringify(packet).includes('/channels/')), []);

    omar.weather.cut();
    await ines.call('say', id, 'unheard');
    await ines.call('send', conversation.id, 'missed');
    omar.weather.clear();
    await omar.untilMessages(conversation.id, ['before', 'after', 'missed']);
  }));
