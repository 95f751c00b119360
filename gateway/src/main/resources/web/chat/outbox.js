import { newId } from '../protocol/ids.js';
import { ConnectionLost, RequestError } from '../protocol/requests.js';
import { contentPart, textPart } from './content.js';

const UPLOAD_ATTEMPTS = 3;
const UPLOAD_PAUSE_MS = 1_000;

/**
 * Messages on their way out, one after the other so that they arrive in the order of writing. A message
 * keeps its id through every attempt; the server executes it once, however often it is sent.
 */
export class Outbox {
  #connection;
  #store;
  #rest;
  #queue = [];
  #working = false;

  constructor({ connection, store, rest }) {
    this.#connection = connection;
    this.#store = store;
    this.#rest = rest;
    connection.on('state', () => this.#work());
  }

  get empty() {
    return this.#queue.length === 0;
  }

  sendText(conversation, text) {
    const parts = [{ mime_type: 'text/plain', body: text }];
    this.#add({ conversation, parts }, { prepare: () => textPart(this.#rest, text), binary: false });
  }

  /** A message with a picture goes as a binary frame: the protocol allows it, and we keep it working. */
  sendPicture(conversation, file) {
    const parts = [{ mime_type: file.type, size: file.size }];
    const preview = URL.createObjectURL(file);
    this.#add({ conversation, parts, preview }, { prepare: () => contentPart(this.#rest, file), binary: true });
  }

  retry(id) {
    const failed = this.#queue.find((entry) => entry.message.id === id);
    if (!failed) return;
    failed.failed = false;
    this.#store.markPending(id, 'sending');
    this.#work();
  }

  #add(draft, how) {
    const message = this.#store.putPending({ id: newId('messages'), ...draft });
    this.#queue.push({ message, ...how });
    this.#work();
  }

  async #work() {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let entry; this.#connection.online && (entry = this.#next()); ) await this.#send(entry);
    } finally {
      this.#working = false;
    }
  }

  #next() {
    return this.#queue.find(({ failed }) => !failed);
  }

  async #send(entry) {
    const { id, conversation } = entry.message;
    try {
      entry.part ??= await this.#prepare(entry);
      const data = { id, parts: [entry.part] };
      const options = { binary: entry.binary };
      this.#sent(entry, await this.#connection.request('Message.create', { object_id: conversation, data }, options));
    } catch (error) {
      // The connection comes back, and the entry is still the first of the queue.
      if (error instanceof ConnectionLost || error.id === 'request_timeout') return;
      if (error instanceof RequestError && error.id === 'id_in_use') this.#sent(entry, error.data);
      else this.#fail(entry);
    }
  }

  async #prepare(entry) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await entry.prepare();
      } catch (error) {
        if (attempt === UPLOAD_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, UPLOAD_PAUSE_MS * attempt));
      }
    }
  }

  #sent(entry, message) {
    this.#queue = this.#queue.filter((other) => other !== entry);
    this.#store.putMessage(message);
  }

  #fail(entry) {
    entry.failed = true;
    this.#store.markPending(entry.message.id, 'failed');
  }
}
