import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PAIRS, meet, scene, untilQuiet } from './lib/scene.mjs';

// Long enough for a login and a few messages on a busy machine.
const SHORT_SESSION_S = 8;

// Every process of a cluster, and every loop in it, has to hear of the end; design: within a second.
const TOLD_EVERYWHERE = { within: 3_000 };

async function isDeadEverywhere(server, token) {
  const answers = await Promise.all(Array.from({ length: 10 }, () => server.request('GET', '/', { token })));
  return answers.every(({ status }) => status === 401);
}

async function assertDead(server, token) {
  for (const path of ['/', '/conversations']) {
    const { status, body } = await server.request('GET', path, { token });
    assert.equal(status, 401, `GET ${path} with a dead token`);
    assert.equal(body.id, 'authentication_required');
    assert.ok(body.data.nonce, 'a nonce to log in with');
  }
}

describe('a session that expires', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`is renewed by the SDK, and nothing is missed: ${pair.title}`, { timeout: 60_000 },
      scene(pair, async ({ ines, omar, server }) => {
        await omar.connect();
        const { id } = await omar.call('createConversation', { participants: [ines.userId] });
        ines.sessionTtl = SHORT_SESSION_S;
        await ines.connect();
        ines.slowToAnswer = true;
        await ines.untilMessages(id, []);
        await omar.call('send', id, 'before');
        await ines.untilMessages(id, ['before']);
        const oldToken = await ines.call('sessionToken');

        await ines.untilEvent('deauthenticated', undefined, { within: (SHORT_SESSION_S + 10) * 1000 });
        await ines.until('a second challenge', () => ines.events('challenge').length === 2);
        const [first, second] = ines.events('challenge');
        assert.notEqual(second.nonce, first.nonce);
        await assertDead(server, oldToken);

        const missed = ['while', 'you', 'were', 'out'];
        for (const text of missed) await omar.call('send', id, text);
        ines.sessionTtl = null;
        await ines.answerChallenge();

        await ines.untilMessages(id, ['before', ...missed]);
        assert.notEqual(await ines.call('sessionToken'), oldToken);
        await ines.call('send', id, 'back again');
        await omar.untilMessages(id, ['before', ...missed, 'back again']);
        await omar.call('send', id, 'welcome');
        await ines.untilMessages(id, ['before', ...missed, 'back again', 'welcome']);
        assert.deepEqual(ines.announced(id), ['before', ...missed, 'back again', 'welcome']);
      }));
  }
});

describe('logout', { concurrency: PAIRS.length }, () => {
  for (const pair of PAIRS) {
    test(`kills the token, and one can come back: ${pair.title}`, { timeout: 60_000 },
      scene(pair, async ({ ines, omar, server }) => {
        const id = await meet({ ines, omar });
        await ines.call('send', id, 'before');
        await omar.untilMessages(id, ['before']);
        await untilQuiet(id, ines, omar);
        const token = await ines.call('sessionToken');
        assert.equal((await server.request('GET', '/', { token })).status, 200);

        await ines.call('logout');
        await ines.untilEvent('deauthenticated');
        await ines.until('the end of the token', () => isDeadEverywhere(server, token), TOLD_EVERYWHERE);
        await assertDead(server, token);
        await omar.call('send', id, 'meanwhile');

        await ines.call('loginAgain');
        await ines.until('a second login', () => ines.events('ready').length === 2 && ines.isOpen);
        await ines.untilConversation(id, (seen) => seen.lastText === 'meanwhile' && seen.unread === 1);
        await ines.untilMessages(id, ['before', 'meanwhile']);
        await omar.call('send', id, 'live');
        await ines.untilMessages(id, ['before', 'meanwhile', 'live']);
      }));
  }
});
