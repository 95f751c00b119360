import { deliveryOf, nameOf } from '../store/queries.js';
import { fromTemplate, setText } from './dom.js';
import { dayKey, time } from './format.js';
import { drawParts, fingerprintOf } from './parts-view.js';

const TOGETHER_MS = 5 * 60_000;

export function makeMessage() {
  return fromTemplate('message-template');
}

/** @param previous the message above it, if it is of the same day: neighbours of one author share a heading */
export function updateMessage(element, message, previous, { store, rest, outbox, group }) {
  const own = message.sender === store.me;
  const together = previous?.sender === message.sender && new Date(message.sent_at) - new Date(previous.sent_at) < TOGETHER_MS;
  element.classList.toggle('own', own);
  element.classList.toggle('together', together);
  setText(element.querySelector('.author'), group && !own && !together ? nameOf(store, message.sender) : '');
  updateBody(element, message, rest);
  updateMeta(element, message, own ? deliveryOf(store, message) : '');
  const retry = element.querySelector('.retry');
  retry.hidden = message.pending !== 'failed';
  retry.onclick = () => outbox.retry(message.id);
}

function updateBody(element, message, rest) {
  const fingerprint = fingerprintOf(message);
  if (element.fingerprint === fingerprint) return;
  element.fingerprint = fingerprint;
  drawParts(element.querySelector('.body'), message, rest);
}

function updateMeta(element, message, delivery) {
  const when = element.querySelector('time');
  when.dateTime = message.sent_at;
  setText(when, time(message.sent_at));
  const ticks = element.querySelector('.delivery');
  ticks.hidden = !delivery;
  ticks.dataset.delivery = delivery;
  ticks.setAttribute('aria-label', delivery);
  ticks.title = delivery;
}

export function makeDay() {
  return fromTemplate('day-template');
}

/** Messages with a heading wherever a day begins. */
export function withDays(messages) {
  const rows = [];
  for (const message of messages) {
    const key = dayKey(message.sent_at);
    const previous = rows.at(-1)?.message;
    const sameDay = previous && dayKey(previous.sent_at) === key;
    if (!sameDay) rows.push({ key: `day ${key} ${message.id}`, heading: message.sent_at });
    rows.push({ key: message.id, message, previous: sameDay ? previous : undefined });
  }
  return rows;
}
