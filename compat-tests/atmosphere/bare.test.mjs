import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { until } from '../sdk/lib/until.mjs';
import { here, login, there, tracker } from './lib/backend.mjs';

/** Clients without any library: hand-written ones are common. */
class Bare {
  texts = [];
  closed;

  static async connect(base, query = '', path = '/event/subscription') {
    const bare = new Bare();
    const url = new URL(path + query, base);
    url.protocol = 'ws:';
    bare.socket = new WebSocket(url);
    bare.socket.on('message', (data) => bare.texts.push(data.toString()));
    bare.socket.on('close', (code) => { bare.closed = code; });
    await new Promise((open, failed) => bare.socket.on('open', open).on('error', failed));
    return bare;
  }

  get messages() {
    return this.texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text));
  }

  say(message) {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async ask(message) {
    const before = this.messages.length;
    this.say(message);
    const isAnswer = ({ type }) => type === 'response' || type === 'error';
    await until('an answer', () => this.messages.slice(before).some(isAnswer), { explain: () => this.texts.join('\n') });
    return this.messages.slice(before).find(isAnswer);
  }
}

const query = (id) => `?X-Atmosphere-tracking-id=${id}&X-Atmosphere-Framework=2.3.8-javascript`
  + '&X-Atmosphere-Transport=websocket&X-atmo-protocol=true';

describe('a hand-written client', { concurrency: true }, () => {
  test('needs no query and gets neither hello nor frames', async () => {
    const { user, hash } = await login('bare-1');
    const van = await tracker(user);
    const bare = await Bare.connect(here, '', '/v2/event/subscription/');
    const answer = await bare.ask({ action: 'subscribe', hash, events: ['state'], trackers: [van.id, 1] });
    assert.deepEqual(answer.data.state.value, { [van.id]: 'normal', 1: 'unknown' });
    await until('the snapshot', () => bare.messages.length === 2);
    assert.ok(bare.texts.every((text) => text === 'X' || text.startsWith('{')));
    const { data } = await bare.ask({ action: 'unsubscribe', hash, events: ['state'], trackers: [van.id] });
    assert.deepEqual(data, [van.id]);
    bare.socket.close();
  });

  test('is told what is wrong, and stays connected', async () => {
    const { hash } = await login('bare-2');
    const bare = await Bare.connect(here);
    const requests = (request) => ({ action: 'subscribe', hash, requests: [request] });
    const target = { type: 'all' };
    for (const [message, code] of [
      ['no JSON', 5],
      ['[]', 5],
      [{ hash }, 5],
      [{ action: 'subscribe', hash }, 5],
      [{ action: 'explode', hash }, 112],
      [{ action: 'subscribe', requests: [{ type: 'state_batch', target }] }, 3],
      [{ action: 'subscribe', hash: 'nonsense', requests: [{ type: 'state_batch', target }] }, 3],
      [{ action: 'subscribe', hash: 'f'.repeat(32), requests: [{ type: 'state_batch', target }] }, 4],
      [requests({ type: 'weather', target }), 7],
      [requests({ type: 'logout', target }), 7],
      [requests({ type: 'state_batch' }), 7],
      [requests({ type: 'state_batch', target: { type: 'some' } }), 7],
      [requests({ type: 'state_batch', target, format: 'tiny' }), 7],
      [requests({ type: 'state_batch', target, rate_limit: 'often' }), 7],
      [requests({ type: 'readings_batch', target, sensor_type: 'mood' }), 7],
      [requests({ type: 'state', trackers: ['one'] }), 7],
      [requests({ type: 'iot_monitor', target: { type: 'selected', tracker_ids: Array.from({ length: 11 }, (_, i) => i + 1) } }), 9],
    ]) {
      const answer = await bare.ask(message);
      assert.deepEqual([answer.type, answer.status.code], ['error', code], JSON.stringify(message));
    }
    const { type } = await bare.ask(requests({ type: 'state_batch', target }));
    assert.equal(type, 'response');
    bare.socket.close();
  });

  test('subscribes to batches, readings and values of all its trackers', async () => {
    const { user, hash } = await login('bare-3');
    const van = await tracker(user);
    const bare = await Bare.connect(there);
    const target = { type: 'all' };
    const answer = await bare.ask({
      action: 'subscribe',
      hash,
      iso_datetime: true,
      requests: [
        { type: 'state_batch', target, rate_limit: '100ms', format: 'compact' },
        { type: 'readings_batch', target, include_components: false },
        { type: 'iot_monitor', target, flow_id: 1 },
      ],
    });
    assert.deepEqual(answer.events, ['state_batch', 'readings_batch', 'iot_monitor']);
    const states = () => bare.messages.filter(({ event }) => event === 'state_batch').flatMap(({ data }) => data);
    await until('the states', () => states().some(({ source_id: id }) => id === van.sourceId));
    assert.equal(states()[0].additional, undefined, 'compact');
    assert.match(bare.messages.find(({ event }) => event === 'state_batch').user_time, /T.*Z$/);
    const late = await tracker(user);
    await until('a tracker that came later', () => states().some(({ source_id: id }) => id === late.sourceId));
    await late.remove();
    await until('its end', () => bare.messages.some(({ event, data }) =>
      event === 'lifecycle' && data.lifecycle_event === 'corrupt' && data.source_id === late.sourceId));
    bare.socket.close();
  });

  test('goes on with an id that was forgotten, and leaves its place to whoever comes with the same', async () => {
    const { user, hash } = await login('bare-4');
    const van = await tracker(user);
    const first = await Bare.connect(here, query(0));
    await until('the hello', () => first.texts.length > 0);
    const [id] = first.texts[0].split('|');
    await first.ask({ action: 'subscribe', hash, requests: [{ type: 'state', trackers: [van.id] }] });
    const second = await Bare.connect(there, query(id));
    await until('the end of the first', () => first.closed);
    assert.equal(first.closed, 4409);
    await van.tell('for the second');
    await until('the event', () => second.texts.some((text) => text.includes('for the second')));
    for (const [method, body] of [['GET'], ['POST', ''], ['GET']]) {
      const answer = await fetch(new URL(`/event/subscription?X-Atmosphere-Transport=close&X-Atmosphere-tracking-id=${id}`, here), { method, body });
      assert.deepEqual([answer.status, await answer.text()], [200, '']);
    }
    await until('the end of the second', () => second.closed);
    const third = await Bare.connect(here, query(id));
    await until('padding', () => third.texts.length > 0);
    await third.ask({ action: 'subscribe', hash, requests: [{ type: 'state', trackers: [van.id] }] });
    assert.equal(third.texts[0], 'X');
    third.socket.close();
  });
});
