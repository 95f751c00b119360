import { downloadUrl, refreshedUrl } from '../chat/content.js';
import { byId } from './dom.js';

/** One line for the list. */
export function summaryOf({ parts }) {
  const [part] = parts;
  if (isPicture(part)) return 'Picture';
  if (isText(part)) return part.body ?? 'A long text';
  return `File (${part.mime_type})`;
}

/** What must change for the parts to be drawn again. */
export const fingerprintOf = ({ parts, preview }) =>
  preview ?? parts.map(({ id, body, content }) => `${id} ${body} ${content?.id}`).join('\n');

export function drawParts(element, { parts, preview }, rest) {
  element.replaceChildren(...parts.map((part) => drawPart(part, preview, rest)));
}

const isPicture = ({ mime_type: type }) => type.startsWith('image/');

const isText = ({ mime_type: type }) => type.startsWith('text/plain');

function drawPart(part, preview, rest) {
  if (isPicture(part)) return drawPicture(part, preview, rest);
  if (isText(part)) return drawText(part, rest);
  return drawFile(part);
}

function drawText(part, rest) {
  const text = document.createElement('p');
  text.className = 'text';
  if (part.body !== null && part.body !== undefined) text.textContent = part.body;
  else fetchText(text, part.content, rest);
  return text;
}

async function fetchText(element, content, rest) {
  element.textContent = '…';
  try {
    let response = await fetch(downloadUrl(content));
    if (!response.ok) response = await fetch(await refreshedUrl(rest, content));
    element.textContent = await response.text();
  } catch {
    element.textContent = 'This text could not be loaded.';
  }
}

function drawPicture({ content }, preview, rest) {
  const button = document.createElement('button');
  const picture = document.createElement('img');
  button.type = 'button';
  button.className = 'picture';
  button.setAttribute('aria-label', 'Picture. Open it in full size');
  picture.alt = '';
  picture.src = preview ?? downloadUrl(content) ?? '';
  picture.onerror = () => refreshOnce(picture, content, rest);
  button.onclick = () => enlarge(picture.src);
  button.append(picture);
  return button;
}

async function refreshOnce(picture, content, rest) {
  picture.onerror = () => (picture.alt = 'This picture could not be loaded.');
  try {
    picture.src = await refreshedUrl(rest, content);
  } catch {
    picture.onerror();
  }
}

function enlarge(source) {
  byId('lightbox-picture').src = source;
  byId('lightbox').showModal();
}

function drawFile({ mime_type: type, content }) {
  const link = document.createElement('a');
  link.className = 'file';
  link.textContent = `File (${type})`;
  if (content) Object.assign(link, { href: downloadUrl(content), download: '' });
  return link;
}
