import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PAIRS, meet, scene, untilQuiet } from './lib/scene.mjs';

describe('two people chat', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(pair.title, { timeout: 120_000 }, scene(pair, async ({ ines, omar, server, test: t }) => {
      let id;

      await t.test('both become ready by the nonce and identity token handshake', async () => {
        id = await meet({ ines, omar }, { metadata: { title: 'Orchard' } });
        for (const user of [ines, omar]) {
          assert.deepEqual(
            user.events('challenge').length + user.events('authenticated').length + user.events('ready').length, 3);
          assert.ok(await user.call('sessionToken'));
        }
      });

      await t.test('the conversation is the same on both sides', async () => {
        for (const user of [ines, omar]) {
          const seen = await user.untilConversation(id);
          assert.deepEqual(seen.participants, [ines.userId, omar.userId].sort());
          assert.deepEqual(seen.metadata, { title: 'Orchard' });
          assert.equal(seen.distinct, true);
        }
      });

      await t.test('messages arrive both ways, once and in order', async () => {
        const texts = ['one', 'two', 'three', 'four', 'five', 'six'];
        for (const text of texts.slice(0, 3)) await ines.call('send', id, text);
        await omar.untilMessages(id, texts.slice(0, 3));
        for (const text of texts.slice(3)) await omar.call('send', id, text);

        const [atInes, atOmar] = await Promise.all([ines.untilMessages(id, texts), omar.untilMessages(id, texts)]);
        assert.deepEqual(atInes.map((message) => message.id), atOmar.map((message) => message.id));
        for (const messages of [atInes, atOmar]) {
          assert.deepEqual(messages.map((message) => message.sender), [
            ...Array(3).fill(ines.userId), ...Array(3).fill(omar.userId)]);
        }
        for (const user of [ines, omar]) assert.deepEqual(user.announced(id), texts);
      });

      await t.test('delivery receipts reach the sender by themselves', async () => {
        await untilQuiet(id, ines, omar);
        await untilQuiet(id, omar, ines);
        const [first] = await ines.call('messages', id);
        assert.deepEqual(first.status, { [ines.userId]: 'read', [omar.userId]: 'delivered' });
      });

      await t.test('unread messages are counted, and reading is told to the sender', async () => {
        await omar.untilConversation(id, (seen) => seen.unread === 3);
        await omar.call('markRead', id);
        await omar.untilConversation(id, (seen) => seen.unread === 0);
        await ines.until('three read receipts', async () => {
          const mine = (await ines.call('messages', id)).filter((message) => message.sender === ines.userId);
          return mine.every((message) => message.status[omar.userId] === 'read');
        });
        const token = await omar.call('sessionToken');
        const { body } = await server.request('GET', id.replace('layer://', ''), { token });
        assert.equal(body.unread_message_count, 0, 'the server counts the same');
        await ines.untilConversation(id, (seen) => seen.unread === 3);
      });

      await t.test('typing is shown with its states and its author', async () => {
        for (const [writer, reader] of [[ines, omar], [omar, ines]]) {
          const who = [writer.userId];
          for (const [state, typing, paused] of [['started', who, []], ['paused', [], who], ['finished', [], []]]) {
            await writer.call('typing', id, state);
            await reader.until(`${state} of ${writer}`, () => {
              const last = reader.events('typing-indicator-change').at(-1);
              return last?.conversationId === id
                && `${last.typing}` === `${typing}` && `${last.paused}` === `${paused}`;
            });
          }
        }
      });

      await t.test('metadata set and deleted on one side shows on the other', async () => {
        await ines.call('setMetadata', id, { 'season.name': 'autumn', title: 'Garden' });
        await omar.untilConversation(id, ({ metadata }) =>
          metadata.title === 'Garden' && metadata.season?.name === 'autumn');
        await omar.call('deleteMetadata', id, ['title']);
        await ines.untilConversation(id, ({ metadata }) => !('title' in metadata) && metadata.season.name === 'autumn');
      });

      await t.test('the heartbeat is answered with the counter', async () => {
        for (const user of [ines, omar]) {
          const { success, last, own } = await user.call('heartbeat');
          assert.equal(success, true);
          assert.equal(own, last + 1, 'the answer names the packet before it');
        }
      });

      await t.test('a deleted message is gone on both sides', async () => {
        const [first, ...rest] = await ines.call('messages', id);
        await ines.call('deleteMessage', first.id);
        for (const user of [ines, omar]) await user.untilMessages(id, rest.map((message) => message.text));
      });

      await t.test('participants come and go', async () => {
        const zoe = `zoe-${ines.userId}`;
        const all = [ines, omar].map((user) => user.userId).concat(zoe).sort().join();
        await omar.call('addParticipant', id, zoe);
        for (const user of [ines, omar]) await user.untilConversation(id, (seen) => `${seen.participants}` === all);
        await ines.call('removeParticipant', id, zoe);
        for (const user of [ines, omar]) await user.untilConversation(id, (seen) => seen.participants.length === 2);
      });

      await t.test('a deleted conversation is gone on both sides', async () => {
        await ines.call('deleteConversation', id);
        for (const user of [ines, omar]) {
          await user.until('an empty list', async () => (await user.call('conversations')).length === 0);
        }
      });
    }));
  }
});

describe('a distinct conversation', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`is found by the other side, not made twice: ${pair.title}`, { timeout: 60_000 },
      scene(pair, async ({ ines, omar, server }) => {
        await ines.connect();
        const made = await ines.call('createConversation', { participants: [omar.userId] });
        await ines.call('send', made.id, 'are you there');

        // Omar's SDK has not loaded its list and has never heard of the conversation, so the server has to find it.
        await omar.connect();
        const found = await omar.call('createConversation', { participants: [ines.userId] });
        assert.equal(found.id, made.id);
        assert.equal(found.result, 'Found');
        assert.equal((await omar.untilConversation(made.id)).lastText, 'are you there');
        const token = await ines.call('sessionToken');
        assert.equal((await server.request('GET', '/conversations', { token })).body.length, 1);
      }));
  }
});

describe('two devices of one user', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`see the same: ${pair.title}`, { timeout: 60_000 }, scene(pair, async ({ ines, omar: phone, join }) => {
      const id = await meet({ ines, omar: phone });
      const laptop = await join(pair.ines, phone);
      await laptop.connect();
      const devices = [phone, laptop];
      for (const device of devices) await device.untilMessages(id, []);

      await ines.call('send', id, 'one');
      await ines.call('send', id, 'two');
      for (const device of devices) {
        await device.untilMessages(id, ['one', 'two']);
        await device.untilConversation(id, (seen) => seen.unread === 2);
      }
      await phone.call('markRead', id);
      await laptop.untilConversation(id, (seen) => seen.unread === 0);
      await laptop.until('messages that are read', async () =>
        (await laptop.call('messages', id)).every((message) => message.isRead));

      await laptop.call('send', id, 'three');
      const [own] = (await phone.untilMessages(id, ['one', 'two', 'three'])).slice(-1);
      assert.equal(own.sender, phone.userId);
      assert.equal(own.isRead, true);
      await ines.untilMessages(id, ['one', 'two', 'three']);
    }));
  }
});

describe('a long history', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`is read page by page: ${pair.title}`, { timeout: 60_000 }, scene(pair, async ({ ines, omar }) => {
      await ines.connect();
      const { id } = await ines.call('createConversation', { participants: [omar.userId] });
      const texts = Array.from({ length: 120 }, (_, number) => `message ${number}`);
      for (const text of texts) await ines.call('send', id, text);

      await omar.connect();
      await omar.untilConversation(id, (seen) => seen.unread === texts.length);
      await omar.untilMessages(id, texts.slice(20));
      await omar.call('showMore', id, 200);
      await omar.untilMessages(id, texts);
    }));
  }
});
