import assert from 'node:assert/strict';

const ISO_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CHANGE_WORDS = {
  '1.2.2': ['create', 'patch', 'delete'],
  '3.4.18': ['create', 'update', 'delete'],
  '4.0.6': ['create', 'update', 'delete'],
};

/** What holds for every packet of every connection, whatever the scene was about. */
export function assertSound(user) {
  assert.ok(user.connections.some((packets) => packets.length), `${user} has received packets`);
  user.connections.forEach((packets, number) => {
    const where = `connection ${number} of ${user}`;
    assert.deepEqual(packets.map((packet) => packet.counter), [...packets.keys()], `counters of ${where}`);
    packets.forEach((packet) => assertPacket(user, packet, where));
    const live = afterReplay(packets);
    assertTimeNeverGoesBack(live, where);
    assertSaidOnce(live, where);
  });
  const undigested = user.journal.filter((entry) =>
    entry.kind === 'crash' || (entry.kind === 'log' && /failed to handle/i.test(entry.text)));
  assert.deepEqual(undigested, [], `what ${user} could not digest`);
}

export const isResponse = (method) => (packet) => packet.type === 'response' && packet.body.method === method;

/** Until a replay has ended, live packets may be mixed with older ones, and some may come both ways. */
function afterReplay(packets) {
  return packets.slice(packets.findLastIndex(isResponse('Event.replay')) + 1);
}

function assertPacket(user, packet, where) {
  assert.match(packet.timestamp, ISO_MILLISECONDS, `timestamp in ${where}`);
  if (packet.type !== 'change') return;
  const { operation, object } = packet.body;
  assert.ok(CHANGE_WORDS[user.version].includes(operation), `"${operation}" is no word for it, ${where}`);
  // The SDKs call back by this address, so it must be the one under which this client reached the server.
  assert.ok(object.url.startsWith(`${user.weather.base}/`), `url ${object.url} in ${where}, base ${user.weather.base}`);
}

/** The SDKs resume from the last timestamp they saw: one that runs ahead would lose what comes after it. */
function assertTimeNeverGoesBack(packets, where) {
  const times = packets.map((packet) => packet.timestamp);
  assert.deepEqual(times, [...times].sort(), `timestamps of ${where}`);
}

/**
 * The SDKs hide repetitions, the wire does not: an object is created once, or again after it was deleted, and a receipt
 * changes once.
 */
function assertSaidOnce(packets, where) {
  const deletions = new Map();
  const said = packets.filter((packet) => packet.type === 'change').flatMap(({ body }) => {
    const { id } = body.object;
    if (body.operation === 'delete') deletions.set(id, (deletions.get(id) ?? 0) + 1);
    if (body.operation === 'create') return [`create ${id} after ${deletions.get(id) ?? 0} deletions`];
    if (body.object.type !== 'Message' || body.operation === 'delete') return [];
    return body.data.filter(({ property }) => property.startsWith('recipient_status'))
      .map(({ property, value }) => `${id} ${property} ${value}`);
  });
  assert.deepEqual(said.filter((fact, index) => said.indexOf(fact) !== index), [], `said twice in ${where}`);
}
