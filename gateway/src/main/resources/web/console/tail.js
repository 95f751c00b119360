/** What one client's packets say, and whether they come as they should: counters without a hole, positions that grow. */

import { percentile } from './values.js';

const MOST_DELAYS = 500;

export class Tail {
  faults = 0;
  counter = -1;
  position = '–';
  #delays = [];

  /** The counters of a new socket begin anew. */
  newConnection() {
    this.counter = -1;
  }

  /**
   * @param {number} now milliseconds since the epoch
   * @returns what to show of a packet; `delay` in milliseconds, of changes that are stored, `fault` when it is out of order
   */
  take(packet, now) {
    const { type, counter, position, body } = packet;
    const fault = counter !== this.counter + 1;
    this.counter = counter;
    if (fault) this.faults++;
    let delay;
    if (position) {
      this.position = position;
      delay = Math.max(0, now - Number(position.split('-')[0]));
      this.#delays = [...this.#delays.slice(1 - MOST_DELAYS), delay];
    }
    return { counter, what: what(type, body), about: about(body), position: position ?? '', delay, fault };
  }

  /** @returns {string} half of the changes and all but one in a hundred have come within these milliseconds */
  delays() {
    return this.#delays.length === 0
      ? '–'
      : `${Math.round(percentile(this.#delays, 0.5))}, ${Math.round(percentile(this.#delays, 0.99))} ms`;
  }
}

function what(type, body) {
  if (type === 'change') return `${body.object?.type ?? ''} ${body.operation}`;
  if (type === 'signal') return `${body.type} ${body.data?.action ?? ''}`;
  return `${type} ${body.method ?? ''}${body.success === false ? ' failed' : ''}`;
}

/** Eight characters of a UUID are enough to tell objects apart. */
function short(id) {
  return id.replace('layer:///', '').replace(/([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]{22,}/gi, '$1…');
}

function about(body) {
  const properties = Array.isArray(body.data) ? body.data.map(({ property }) => property).filter(Boolean) : [];
  return [short(body.object?.id ?? ''), [...new Set(properties)].join(', ')].filter(Boolean).join(' · ');
}
