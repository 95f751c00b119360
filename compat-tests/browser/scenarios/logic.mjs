/** The parts of the page that need no browser. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

const web = new URL('../../../gateway/src/main/resources/web/', import.meta.url);
const { applyPatch } = await import(new URL('store/patch.js', web));
const { Store } = await import(new URL('store/store.js', web));
const { messagesOf } = await import(new URL('store/queries.js', web));
const { Progress } = await import(new URL('protocol/progress.js', web));
const { backoff } = await import(new URL('protocol/backoff.js', web));
const { identityId, newId, userIdFromName } = await import(new URL('protocol/ids.js', web));

const ME = identityId('ines');
const OMAR = identityId('omar.k');

describe('layer patch', () => {
  const patched = (target, ...operations) => {
    applyPatch(target, operations);
    return target;
  };

  test('sets through missing parents and deletes', () => {
    const set = { operation: 'set', property: 'metadata.season.name', value: 'autumn' };
    const deletion = { operation: 'delete', property: 'metadata.draft' };
    assert.deepEqual(patched({ metadata: { draft: 'x' } }, set, deletion), { metadata: { season: { name: 'autumn' } } });
  });

  test('adds to a set once, and removes', () => {
    const add = { operation: 'add', property: 'participants', id: 'b' };
    const remove = { operation: 'remove', property: 'participants', id: 'a' };
    assert.deepEqual(patched({ participants: ['a'] }, add, add, remove), { participants: ['b'] });
  });

  test('an escaped dot belongs to the key', () => {
    const property = 'recipient_status.layer:///identities/omar\\.k';
    const expected = { recipient_status: { [OMAR]: 'read' } };
    assert.deepEqual(patched({ recipient_status: {} }, { operation: 'set', property, value: 'read' }), expected);
  });

  test('does not reach the prototype', () => {
    patched({}, { operation: 'set', property: '__proto__.polluted', value: 1 });
    patched({}, { operation: 'set', property: 'constructor.prototype.polluted', value: 1 });
    assert.equal({}.polluted, undefined);
  });
});

describe('progress', () => {
  test('resumes from before a hole until the hole is filled', () => {
    const progress = new Progress();
    progress.startFrom('100-1');
    progress.newConnection();
    assert.equal(progress.accept({ counter: 0, position: '100-2' }), false);
    assert.equal(progress.accept({ counter: 2, position: '100-4' }), true);
    assert.equal(progress.position, '100-2');
    progress.accept({ counter: 3, position: '100-3' });
    progress.healed();
    assert.equal(progress.position, '100-4');
  });

  test('compares positions as numbers', () => {
    const progress = new Progress();
    progress.startFrom('100-9');
    progress.newConnection();
    progress.accept({ counter: 0, position: '100-10' });
    assert.equal(progress.position, '100-10');
  });
});

describe('store', () => {
  const message = (id, position, status = {}) => ({
    id,
    position,
    conversation: { id: 'c' },
    sender: { id: OMAR },
    parts: [],
    sent_at: '2031-02-03T09:00:00.000Z',
    recipient_status: { [OMAR]: 'read', ...status },
  });

  test('keeps the server’s order, with the unsent at the end', () => {
    const store = new Store(ME);
    store.putPending({ id: 'p1', conversation: 'c', parts: [] });
    store.putPending({ id: 'p2', conversation: 'c', parts: [] });
    store.putMessage(message('m2', 8192));
    store.putMessage(message('m1', 4096));
    assert.deepEqual(messagesOf(store, 'c').map(({ id }) => id), ['m1', 'm2', 'p1', 'p2']);
  });

  test('a stale copy does not take a receipt back', () => {
    const store = new Store(ME);
    store.putMessage(message('m', 1, { [ME]: 'read' }));
    store.putMessage(message('m', 1, { [ME]: 'sent' }));
    assert.equal(store.messages.get('m').status[ME], 'read');
  });

  test('a deleted message does not come back by a late page', () => {
    const store = new Store(ME);
    store.putMessage(message('m', 1));
    store.apply({ operation: 'delete', object: { type: 'Message', id: 'm' }, data: {} });
    store.putMessage(message('m', 1));
    assert.equal(store.messages.size, 0);
  });

  test('deletes a conversation’s beginning and keeps the rest', () => {
    const store = new Store(ME);
    store.putConversation({ id: 'c', participants: [] });
    [1, 2, 3].forEach((position) => store.putMessage(message(`m${position}`, position)));
    store.apply({ operation: 'delete', object: { type: 'Conversation', id: 'c' }, data: { from_position: 2 } });
    assert.deepEqual([...store.messages.keys()], ['m3']);
    assert.ok(store.conversations.has('c'));
  });

  test('somebody reads everything at once', () => {
    const store = new Store(ME);
    [1, 2].forEach((position) => store.putMessage(message(`m${position}`, position)));
    const data = { position: 1, identity: { id: ME } };
    store.applyOperation({ method: 'Conversation.mark_all_read', object: { id: 'c' }, data });
    assert.equal(store.messages.get('m1').status[ME], 'read');
    assert.equal(store.messages.get('m2').status[ME], undefined);
  });
});

describe('ids and pauses', () => {
  test('user ids are escaped as strictly as the server does', () => {
    assert.equal(identityId("o'neil (ö)"), 'layer:///identities/o%27neil%20%28%C3%B6%29');
    assert.equal(userIdFromName('  Ines   KOVAČ '), 'ines-kovač');
    assert.match(newId('messages'), /^layer:\/\/\/messages\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('the pause between attempts grows to a limit, with full jitter', () => {
    const longest = [0, 1, 5, 6, 60].map((attempt) => backoff(attempt, () => 1));
    assert.deepEqual(longest, [500, 1000, 16_000, 30_000, 30_000]);
    assert.equal(backoff(5, () => 0), 0);
  });
});
