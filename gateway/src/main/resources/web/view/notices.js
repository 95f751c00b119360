import { byId } from './dom.js';

const SHOWN_MS = 7_000;
const AT_ONCE = 3;

/** A line that appears, is read out, and goes by itself. */
export function notice(text, kind = 'info') {
  const notices = byId('notices');
  const element = document.createElement('p');
  element.className = 'notice';
  element.dataset.kind = kind;
  element.textContent = text;
  notices.append(element);
  while (notices.children.length > AT_ONCE) notices.firstElementChild.remove();
  setTimeout(() => element.remove(), SHOWN_MS);
}
