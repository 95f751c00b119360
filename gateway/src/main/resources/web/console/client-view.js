import { Connection } from '../protocol/connection.js';
import { identityId, userIdFromName } from '../protocol/ids.js';
import { Rest } from '../protocol/rest.js';
import { byId, coalesced, reconcile, setText } from '../view/dom.js';
import { People } from './people.js';
import { Tail } from './tail.js';
import { age } from './values.js';

const MOST_ROWS = 200;
const TRIP_EVERY_MS = 5_000;

/** One client's connection: its packets, its figures, and how others are. */
export class ClientView {
  #connection = null;
  #tail = new Tail();
  #rows = [];
  #number = 0;
  #trips;
  #render = coalesced(() => this.#show());

  constructor() {
    byId('client').onsubmit = (event) => {
      event.preventDefault();
      this.#begin().catch((error) => this.#end(error instanceof TypeError ? 'The server does not answer.' : error.message));
    };
    byId('client-stop').onclick = () => this.#end('');
    byId('tail-hold').onchange = () => this.#render();
  }

  async #begin() {
    const given = byId('client-token').value.trim();
    const name = byId('client-name').value.trim();
    if (!given && !name) throw new Error('A name or a session token is needed.');
    this.#end('');
    const token = given || (await logIn(name));
    byId('client-token').value = '';
    this.#connect(token, given ? '' : name);
  }

  #connect(token, name) {
    const ended = () => this.#end('The session has ended, or there is none.');
    const rest = new Rest(token, ended);
    const connection = new Connection({
      token,
      load: async () => (await rest.read('/conversations?page_size=1')).position,
      probe: () => rest.get('/'),
    });
    this.#connection = connection;
    this.#tail = new Tail();
    this.#rows = [];
    connection.on('state', (state) => {
      if (state.name === 'connecting') this.#tail.newConnection();
      this.#say(connection, state, name);
    });
    connection.on('packet', (packet) => this.#take(packet));
    connection.on('ended', ended);
    new People({ connection, rest, me: name && identityId(userIdFromName(name)) }).on('changed', (people) => connection === this.#connection && showPeople(people));
    byId('client').hidden = true;
    byId('facts').hidden = byId('client-stop').hidden = byId('tail').hidden = false;
    this.#trips = setInterval(() => connection.online && measure(connection), TRIP_EVERY_MS);
    connection.connect();
  }

  #end(note) {
    clearInterval(this.#trips);
    this.#connection?.cut();
    this.#connection = null;
    byId('client').hidden = false;
    byId('facts').hidden = byId('client-stop').hidden = byId('tail').hidden = true;
    showPeople([]);
    setText(byId('client-note'), note);
  }

  #say(connection, { name: state }, name) {
    if (connection !== this.#connection) return;
    setText(byId('fact-state'), state);
    setText(byId('client-note'), name ? `as ${name}` : 'by a session token');
  }

  #take(packet) {
    this.#rows.push({ number: ++this.#number, ...this.#tail.take(packet, Date.now()) });
    if (this.#rows.length > MOST_ROWS) this.#rows.shift();
    this.#render();
  }

  #show() {
    setText(byId('fact-counter'), String(this.#tail.counter));
    setText(byId('fact-position'), this.#tail.position);
    setText(byId('fact-delay'), this.#tail.delays());
    setText(byId('fact-faults'), String(this.#tail.faults));
    byId('fact-faults').classList.toggle('wrong', this.#tail.faults > 0);
    if (byId('tail-hold').checked) return;
    reconcile(byId('tail').tBodies[0], this.#rows.toReversed(), {
      key: ({ number }) => String(number),
      make: makeRow,
      update: () => {},
    });
  }
}

/** Unlike the chat page's, this login is not kept: it ends with the page. */
async function logIn(name) {
  const response = await fetch('/dev/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/vnd.layer+json; version=2.0' },
    body: JSON.stringify({ user_id: userIdFromName(name), display_name: name }),
  });
  if (response.status === 404) throw new Error('This server does not offer the development login.');
  if (!response.ok) throw new Error(`The server refused the login (${response.status}).`);
  return (await response.json()).session_token;
}

async function measure(connection) {
  const began = performance.now();
  await connection.request('Counter.read').catch(() => {});
  setText(byId('fact-trip'), `${Math.round(performance.now() - began)} ms`);
}

function makeRow({ counter, what, about, position, delay, fault }) {
  const row = document.createElement('tr');
  row.classList.toggle('fault', fault);
  for (const text of [counter, what, about, position, delay === undefined ? '' : `${delay} ms`]) {
    const cell = document.createElement('td');
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

function showPeople(people) {
  byId('people-empty').hidden = people.length > 0;
  reconcile(byId('people'), people, {
    key: ({ id }) => id,
    make: () => {
      const item = document.createElement('li');
      const status = document.createElement('span');
      status.className = 'status';
      item.append(document.createElement('span'), status);
      return item;
    },
    update: (item, { name, status, lastSeenAt }) => {
      item.dataset.presence = status;
      setText(item.firstElementChild, name);
      const seen = status === 'offline' && lastSeenAt ? `, seen ${age(Date.now() - Date.parse(lastSeenAt))} ago` : '';
      setText(item.lastElementChild, `${status || 'unknown'}${seen}`);
    },
  });
}
