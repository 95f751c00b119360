import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { until } from '../../sdk/lib/until.mjs';

/** A user's socket of layer-3.0, by hand. */
export class LayerSocket {
  #socket;
  #answers = new Map();
  #next = 0;

  static async open(base, { hash }) {
    const layer = new LayerSocket();
    const url = new URL(`/websocket?session_token=${hash}`, base);
    url.protocol = 'ws:';
    layer.#socket = new WebSocket(url, 'layer-3.0');
    layer.#socket.on('message', (data) => {
      const { type, body } = JSON.parse(data.toString());
      if (type === 'response') layer.#answers.set(body.request_id, body);
    });
    await new Promise((open, failed) => layer.#socket.on('open', open).on('error', failed));
    return layer;
  }

  async request(method, objectId, data) {
    const id = `r${this.#next++}`;
    this.#socket.send(JSON.stringify({ type: 'request', body: { method, request_id: id, object_id: objectId, data } }));
    await until(`the answer to ${method}`, () => this.#answers.has(id));
    const answer = this.#answers.get(id);
    if (!answer.success) throw new Error(`${method}: ${JSON.stringify(answer.data)}`);
    return answer.data;
  }

  async converse({ user }) {
    const id = `layer:///conversations/${randomUUID()}`;
    await this.request('Conversation.create', undefined, { id, participants: [user] });
    return id;
  }

  say(conversation, text) {
    return this.request('Message.create', conversation, { parts: [{ mime_type: 'text/plain', body: text }] });
  }

  appear(status) {
    return this.request('Presence.update', undefined, [{ operation: 'set', property: 'status', value: status }]);
  }

  close() {
    this.#socket.close();
  }
}
