/** The little that the views need of the DOM. Text goes in by `textContent` only. */

export const byId = (id) => document.getElementById(id);

export const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true);

/** Writes only what differs: an untouched node keeps the reader's selection and stays silent for a screen reader. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes the children of `parent` show `items`, one element per key, with as few moves as possible. */
export function reconcile(parent, items, { key, make, update }) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const keys = new Set(items.map(key));
  const children = new Map();
  for (const child of [...parent.children]) {
    if (keys.has(child.dataset.key)) children.set(child.dataset.key, child);
    else child.remove();
  }
  items.forEach((item, index) => {
    const child = children.get(key(item)) ?? make(item);
    child.dataset.key = key(item);
    update(child, item, items[index - 1]);
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  if (focused?.isConnected) focused.focus({ preventScroll: true });
}

/** Runs `render` once for any number of calls in between; works in a hidden tab, unlike an animation frame. */
export function coalesced(render) {
  let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      render();
    }, 10);
  };
}

/** A circle with initials, in a colour of the person's own. */
export function showAvatar(element, name, id, presence) {
  setText(element, initialsOf(name));
  element.style.setProperty('--hue', String(hueOf(id)));
  element.dataset.presence = presence ?? '';
}

function initialsOf(name) {
  const words = name.split(/[\s,]+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join('');
}

/** Multiples of the golden angle lie far apart, so neighbours in the list rarely look alike. */
function hueOf(id) {
  let hash = 7;
  for (const char of id) hash = (hash * 31 + char.codePointAt(0)) % 100_003;
  return (hash * 137.508) % 360;
}
