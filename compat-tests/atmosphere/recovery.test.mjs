import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { here, killVictim, login, there, tracker, victim } from './lib/backend.mjs';
import { VERSIONS, Watcher, endClients } from './lib/watcher.mjs';
import { divert, wireTo } from './lib/wire.mjs';

const TEXT = 'a|b ||"\\ é ŝ 😀|';
const LIMIT = { timeout: 120_000 };
/** More than what is remembered of a client that is away, with the settings of the test. */
const LONGER_THAN_A_LIFE_MS = 21_000;

const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

const wires = [];
const wired = async (base) => {
  const wire = await wireTo(base);
  wires.push(wire);
  return wire;
};

after(() => {
  endClients();
  wires.forEach((wire) => wire.close());
});

const combinations = [];
for (const version of Object.keys(VERSIONS)) {
  combinations.push({ version, transport: 'sse', trackMessageLength: false });
  for (const trackMessageLength of [false, true]) {
    for (const transport of ['websocket', 'streaming', 'long-polling']) {
      combinations.push({ version, transport, trackMessageLength });
    }
  }
}
const title = ({ version, transport, trackMessageLength }) =>
  `${version}, ${transport}${trackMessageLength ? ' with lengths' : ''}`;

/** A logged-in user with trackers, and the wire to a gateway. */
async function stage(base, trackers = 2) {
  const user = await login(`driver-${randomBytes(4).toString('hex')}`);
  const own = [];
  for (let i = 0; i < trackers; i++) own.push(await tracker(user.user));
  return { user, own, wire: await wired(base) };
}

describe('a client', { concurrency: true }, () => {
  for (const combination of combinations) {
    const { version, transport, trackMessageLength } = combination;
    const options = { transport, trackMessageLength };

    test(`gets events, and those that it has missed: ${title(combination)}`, LIMIT, async () => {
      const { user, own: [van, bus], wire } = await stage(here);
      const watcher = await Watcher.connect(version, wire.base, options);
      await watcher.untilOpen();
      const answer = await watcher.subscribe(user, [van, bus]);
      assert.deepEqual(answer.data.state, { success: true, value: { [van.id]: 'normal', [bus.id]: 'normal' } });
      await van.tell(TEXT);
      await watcher.untilNote(van, TEXT);

      wire.cut();
      await van.tell(`${TEXT} missed`);
      await bus.block();
      await bus.unblock();
      divert(wire, there);
      wire.clear();
      // Nobody has subscribed again.
      await watcher.untilNote(van, `${TEXT} missed`);
      await watcher.untilLifecycle(bus, 'block,unblock');
      await bus.tell('after');
      await watcher.untilNote(bus, 'after');
      assert.equal(watcher.count('open'), 1, 'opened once');
    });
  }
});

describe('on a WebSocket', { concurrency: true }, () => {
  for (const version of Object.keys(VERSIONS)) {
    test(`a quiet client is told that it is connected again: ${version}`, LIMIT, async () => {
      const { user, own, wire } = await stage(here);
      const watcher = await Watcher.connect(version, wire.base);
      await watcher.untilOpen();
      await watcher.subscribe(user, own);
      wire.cut();
      wire.clear();
      await watcher.until('reopen', () => watcher.count('reopen') === 1);
      await watcher.subscribe(user, own);
      await own[0].tell('one stream');
      await watcher.untilNote(own[0], 'one stream');
      assert.equal(watcher.notes(own[0]).filter((note) => note === 'one stream').length, 1);
    });

    test(`who was online for longer than anything is remembered still gets what it missed: ${version}`, LIMIT, async () => {
      const { user, own: [van], wire } = await stage(here, 1);
      const watcher = await Watcher.connect(version, wire.base, { timeout: 12_000 });
      await watcher.untilOpen();
      await watcher.subscribe(user, [van]);
      // Meanwhile only padding comes, and the client's own limit for silence passes.
      await pause(LONGER_THAN_A_LIFE_MS);
      wire.cut();
      await van.block();
      await van.unblock();
      await van.tell('missed');
      divert(wire, there);
      wire.clear();
      await watcher.untilNote(van, 'missed');
      await watcher.untilLifecycle(van, 'block,unblock');
      assert.equal(watcher.count('timeout'), 0);
    });
  }

  for (const version of ['2.3.8', '4.0.1']) {
    test(`a client that falls back to streaming goes on: ${version}`, LIMIT, async () => {
      const { user, own: [van], wire } = await stage(here, 1);
      const watcher = await Watcher.connect(version, wire.base, { fallbackTransport: 'streaming' });
      await watcher.untilOpen();
      await watcher.subscribe(user, [van]);
      wire.storm();
      await van.tell('missed');
      await pause(1_500);
      wire.clear();
      await watcher.untilNote(van, 'missed');
      await watcher.subscribe(user, [van]);
      await van.tell('pushed and streamed');
      await watcher.untilNote(van, 'pushed and streamed');
    });
  }

  test('all clients of a gateway that is killed go on at another one', LIMIT, async () => {
    const { user, own: [van] } = await stage(here, 1);
    const parties = await Promise.all(combinations
      .filter(({ transport, version }) => transport === 'websocket' || version !== '5.0.45')
      .map(async ({ version, ...options }) => {
        const wire = await wired(victim);
        const watcher = await Watcher.connect(version, wire.base, options);
        await watcher.untilOpen();
        await watcher.subscribe(user, [van]);
        return { wire, watcher };
      }));
    await van.tell('before');
    await Promise.all(parties.map(({ watcher }) => watcher.untilNote(van, 'before')));
    parties.forEach(({ wire }) => divert(wire, there));
    killVictim();
    await van.tell('while it is dead');
    await Promise.all(parties.map(({ watcher }) => watcher.untilNote(van, 'while it is dead')));
    await van.block();
    await Promise.all(parties.map(({ watcher }) => watcher.untilLifecycle(van, 'block')));
  });
});
