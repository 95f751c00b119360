import { Emitter } from '../emitter.js';

const REPEAT_MS = 2_500;
const EXPIRES_MS = 6_000;

/** Tells the others that this user types: started while keys come, then paused, then finished. */
export class TypingPublisher {
  #connection;
  #conversation = null;
  #action = 'finished';
  #keyPressed = false;
  #timer;

  constructor(connection) {
    this.#connection = connection;
  }

  /** A key was pressed, and the input is empty afterwards or it is not. */
  typed(conversation, empty) {
    if (conversation !== this.#conversation) this.stop();
    this.#conversation = conversation;
    if (empty) return this.stop();
    this.#keyPressed = true;
    if (this.#action === 'started') return;
    this.#become('started');
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), REPEAT_MS);
  }

  /** The text was sent or given up, or the conversation was left. */
  stop() {
    clearInterval(this.#timer);
    if (this.#action !== 'finished') this.#become('finished');
  }

  #tick() {
    if (this.#keyPressed) this.#become('started');
    else if (this.#action === 'started') this.#become('paused');
    else this.stop();
  }

  #become(action) {
    this.#action = action;
    this.#keyPressed = false;
    const data = { action };
    this.#connection.signal({ type: 'typing_indicator', object: { id: this.#conversation }, data });
  }
}

/** Who types where, as far as we have heard in the last seconds. Event: `changed`. */
export class TypingListener extends Emitter {
  #typists = new Map();

  constructor({ connection, store }) {
    super();
    connection.on('signal', (signal) => this.#hear(signal, store));
    // A message is the end of its typing, whichever of the two arrives first.
    store.on('message', ({ conversation, sender }) => this.#forget(conversation, sender));
  }

  /** Identity ids of those who type in this conversation, with their action. */
  in(conversation) {
    return [...(this.#typists.get(conversation) ?? new Map())].map(([id, { action }]) => ({ id, action }));
  }

  #hear({ type, object, data }, store) {
    if (type !== 'typing_indicator' || !data.sender || data.sender.id === store.me) return;
    const sender = store.putIdentity(data.sender);
    this.#forget(object.id, sender);
    if (data.action === 'finished') return;
    const timer = setTimeout(() => this.#forget(object.id, sender), EXPIRES_MS);
    const typists = this.#typists.get(object.id) ?? new Map();
    this.#typists.set(object.id, typists.set(sender, { action: data.action, timer }));
    this.emit('changed');
  }

  #forget(conversation, sender) {
    const typist = this.#typists.get(conversation)?.get(sender);
    if (!typist) return;
    clearTimeout(typist.timer);
    this.#typists.get(conversation).delete(sender);
    this.emit('changed');
  }
}
