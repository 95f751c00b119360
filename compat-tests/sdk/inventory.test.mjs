import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { meet, PAIRS, scene } from './lib/scene.mjs';

// What the SDKs can ask of a server besides chatting and recovering.
const LONG = 'pears are ripe · груши · 梨 '.repeat(240);
const identity = (user) => `layer:///identities/${encodeURIComponent(user.userId)}`;

const isGone = (user, id) => user.until(`no ${id}`, async () =>
  (await user.call('conversations')).every((seen) => seen.id !== id));

describe('every SDK', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(pair.title, { timeout: 120_000 }, scene(pair, async ({ ines, omar, join, test: t }) => {
      const id = await meet({ ines, omar }, { metadata: { title: 'Orchard' } });

      await t.test('sends by rich content what is longer than a part may be', async () => {
        const sent = await ines.call('sendPart', id, 'text/plain', LONG);
        await omar.until('the message', async () => (await omar.call('messages', id)).length === 1);
        const received = await omar.call('content', sent.id);
        assert.equal(received.hasContent, true);
        assert.equal(received.text, LONG);
        assert.equal(await omar.server.text(await omar.call('contentLink', sent.id)), LONG);
        const seen = await omar.server.request('GET', sent.id.slice('layer://'.length),
          { token: await omar.call('sessionToken') });
        assert.equal(seen.body.parts[0].content.size, Buffer.byteLength(LONG));
      });

      await t.test('loads one object by its id', async () => {
        const sent = await ines.call('send', id, 'one');
        const laptop = await join(omar.version, omar);
        await laptop.connect();
        assert.equal((await laptop.call('loadConversation', id)).metadata.title, 'Orchard');
        assert.equal((await laptop.call('loadMessage', sent.id)).text, 'one');
        await laptop.call('heartbeat');
        await laptop.vanish();
      });

      await t.test('lists conversations by their last message', async () => {
        const rooms = [id];
        for (const title of ['second', 'third']) {
          const made = await ines.call('createConversation',
            { participants: [omar.userId], distinct: false, metadata: { title } });
          rooms.push(made.id);
        }
        await ines.call('send', rooms[1], 'b');
        await ines.call('send', rooms[0], 'c');
        await omar.until('the order', async () =>
          `${(await omar.call('conversationsByLastMessage')).map((it) => it.id)}` === `${[rooms[0], rooms[1], rooms[2]]}`);
      });

      await t.test('registers for push notifications and lets go of them', async () => {
        const options = { token: 'a'.repeat(64), deviceId: 'phone-1', iosVersion: '9.0', bundleId: 'test.orchard' };
        assert.ok(!(await ines.call('registerPush', options)), 'no error');
        assert.ok(!(await ines.call('unregisterPush', 'phone-1')), 'no error');
      });

      await t.test('asks whether it is online', async () => {
        for (const user of [ines, omar]) assert.notEqual(await user.call('isOnline'), false);
      });
    }));
  }
});

// 1.2.2 takes what it does not know for the whole deletion: these differ in what is deleted, for whom.
const MODERN = PAIRS.filter(({ omar }) => omar !== '1.2.2');

describe('the SDKs since 2.0', { concurrency: MODERN.length }, () => {
  for (const pair of MODERN) {
    test(`adopt a distinct conversation that has other metadata: ${pair.title}`, { timeout: 60_000 },
      scene(pair, async ({ ines, omar }) => {
        await Promise.all([ines.connect(), omar.connect()]);
        const made = await ines.call('createConversation',
          { participants: [omar.userId], metadata: { title: 'Orchard' } });
        const found = await omar.call('createConversation',
          { participants: [ines.userId], metadata: { title: 'Garden' } });
        assert.equal(found.result, 'FoundMismatch');
        assert.equal(found.id, made.id);
        await omar.untilConversation(made.id, (seen) => seen.metadata.title === 'Orchard');
      }));

    test(`read and delete for themselves, and leave: ${pair.title}`, { timeout: 120_000 },
      scene(pair, async ({ ines, omar, join, test: t }) => {
        const id = await meet({ ines, omar });
        const laptop = await join(omar.version, omar);
        await laptop.connect();
        await laptop.untilConversation(id);
        const devices = [omar, laptop];
        const texts = ['one', 'two', 'three'];
        for (const text of texts) await ines.call('send', id, text);
        for (const device of devices) {
          await device.untilMessages(id, texts);
          await device.untilConversation(id, (seen) => seen.unread === 3);
        }

        await t.test('all messages are marked as read at once', async () => {
          await omar.call('markAllRead', id);
          for (const device of devices) {
            await device.untilConversation(id, (seen) => seen.unread === 0);
            await device.until('messages that are read', async () =>
              (await device.call('messages', id)).every((message) => message.isRead));
          }
          await ines.until('the news of it', async () =>
            (await ines.call('messages', id)).every((message) => message.status[omar.userId] === 'read'));
        });

        await t.test('a message is deleted on all devices, and nobody else misses it', async () => {
          const [, two] = await omar.call('messages', id);
          await omar.call('hideMessage', two.id);
          for (const device of devices) await device.untilMessages(id, ['one', 'three']);
          await ines.untilMessages(id, texts);
        });

        await t.test('a conversation is deleted until the next message, and goes on from there', async () => {
          await omar.call('hideConversation', id);
          for (const device of devices) await isGone(device, id);
          assert.equal((await ines.untilConversation(id)).participants.length, 2);

          await ines.call('send', id, 'four');
          for (const device of devices) {
            await device.untilConversation(id, (seen) => seen.lastText === 'four');
            await device.untilMessages(id, ['four']);
          }
          await ines.untilMessages(id, [...texts, 'four']);
        });

        await t.test('who leaves is gone for the others, and the conversation for them', async () => {
          await omar.call('leaveConversation', id);
          for (const device of devices) await isGone(device, id);
          await ines.untilConversation(id, (seen) => `${seen.participants}` === ines.userId);
          await ines.call('send', id, 'five');
          await ines.untilMessages(id, [...texts, 'four', 'five']);
          for (const device of devices) await isGone(device, id);
        });
      }));

    test(`know people and hear announcements: ${pair.title}`, { timeout: 120_000 },
      scene(pair, async ({ ines, omar, server, test: t }) => {
        await Promise.all([ines.connect(), omar.connect()]);
        const reader = omar;
        const token = await reader.call('sessionToken');
        const follows = async (user) =>
          (await server.request('GET', `/following/users/${encodeURIComponent(user)}`, { token })).status === 204;
        const people = async () => (await reader.call('identities')).filter((it) => it.isFull).map((it) => it.userId);

        await t.test('somebody is followed and let go', async () => {
          // The SDKs cannot follow whose id needs escaping: they take the escaped id for the id itself.
          const zoe = `zoe-${omar.userId}`;
          await server.backend('POST', `/users/${zoe}/identity`, { display_name: 'Zoe' }, 201);
          assert.ok(!(await people()).includes(zoe));
          await reader.call('follow', zoe);
          await reader.until('whom he follows', async () => (await people()).includes(zoe));
          assert.equal(await follows(zoe), true);
          await reader.call('unfollow', zoe);
          await reader.until('that he does not', async () => !(await follows(zoe)));
        });

        await t.test('who shares a conversation follows, and hears of a new name', async () => {
          await ines.call('createConversation', { participants: [reader.userId] });
          await reader.until('that he follows her', () => follows(ines.userId));
          await server.backend('PUT', `/users/${encodeURIComponent(ines.userId)}/identity`,
            { display_name: 'Ines the Gardener', email_address: 'ines@orchard.test' }, 204);
          await reader.until('the new name', async () =>
            (await reader.call('nameOf', ines.userId)) === 'Ines the Gardener');
        });

        await t.test('an announcement arrives, is read and deleted', async () => {
          const texts = async () => (await reader.call('announcements')).map((it) => it.text);
          assert.deepEqual(await texts(), []);
          await server.backend('POST', '/announcements', {
            recipients: [identity(omar), identity(ines)],
            sender_id: identity(ines),
            parts: [{ mime_type: 'text/plain', body: 'the gate closes at eight' }],
          }, 202);
          await reader.until('the announcement', async () => `${await texts()}` === 'the gate closes at eight');
          const [{ id }] = await reader.call('announcements');
          const stored = async () => (await server.request('GET', '/announcements', { token })).body;
          assert.equal((await stored())[0].is_unread, true);
          await reader.call('readAnnouncement', id);
          await reader.until('a read announcement', async () => (await stored())[0].is_unread === false);
          await reader.call('deleteAnnouncement', id);
          await reader.until('no announcement', async () => (await texts()).length === 0);
          await reader.until('none at the server', async () => (await stored()).length === 0);
        });
      }));
  }
});
