import { byId } from './dom.js';
import { go, onNavigate, openConversationId } from './route.js';

/** Escape goes back to the list; opening a conversation puts the cursor where one writes. */
export function handleKeys() {
  const hasKeyboard = matchMedia('(hover: hover) and (pointer: fine)');
  addEventListener('keydown', ({ key, isComposing, defaultPrevented }) => {
    if (key !== 'Escape' || isComposing || defaultPrevented || byId('lightbox').open) return;
    back();
  });
  byId('back').onclick = (event) => {
    event.preventDefault();
    back();
  };
  // A touch screen would cover half of the conversation with its keyboard at once.
  onNavigate(() => hasKeyboard.matches && openConversationId() && byId('text').focus());
}

function back() {
  const left = byId('list').querySelector('[aria-current]');
  go(null);
  (left ?? byId('start-names')).focus();
}
