import { byId, reconcile, setText } from '../view/dom.js';
import { Subjects } from './subjects.js';
import { age, leaves, readingsOf } from './values.js';

const SHOWN_VALUES = 8;
const MOST_JOURNAL = 50;

/** The live table of subjects, and the journal of their lives. */
export class SubjectsView {
  #subjects = null;
  #last = { subjects: [], total: 0, fresh: new Set() };

  constructor() {
    byId('operator').onsubmit = (event) => {
      event.preventDefault();
      this.#watch(byId('operator-app').value.trim(), byId('operator-token').value.trim());
    };
    byId('subjects-stop').onclick = () => this.#forget('');
    byId('subjects-filter').oninput = () => this.#render();
  }

  #watch(app, token) {
    this.#forget('Asking …');
    const subjects = new Subjects(app, token);
    this.#subjects = subjects;
    subjects.on('changed', (change) => {
      this.#last = change;
      byId('operator').hidden = true;
      byId('operator-token').value = '';
      byId('subjects-tools').hidden = false;
      this.#render();
    });
    subjects.on('lifecycle', (entry) => this.#write(entry));
    subjects.on('failed', () => setText(byId('subjects-note'), 'The server does not answer; trying again.'));
    subjects.on('refused', (message) => this.#forget(message));
    subjects.start();
  }

  #forget(note) {
    this.#subjects?.stop();
    this.#subjects = null;
    this.#last = { subjects: [], total: 0, fresh: new Set() };
    byId('operator').hidden = false;
    byId('subjects-tools').hidden = true;
    byId('subjects').hidden = true;
    byId('lifecycle').replaceChildren();
    setText(byId('subjects-note'), note);
  }

  #render() {
    const { subjects, total, fresh } = this.#last;
    const wanted = byId('subjects-filter').value.trim().toLowerCase();
    const shown = wanted ? subjects.filter((subject) => JSON.stringify(subject).toLowerCase().includes(wanted)) : subjects;
    const left = total > subjects.length ? `; only the newest ${subjects.length} are looked at` : '';
    setText(byId('subjects-note'), `${shown.length} of ${total}${left}`);
    byId('subjects').hidden = false;
    reconcile(byId('subjects').tBodies[0], shown, {
      key: ({ id }) => String(id),
      make: makeRow,
      update: (row, subject) => updateRow(row, subject, fresh.has(subject.id)),
    });
    this.#last.fresh = new Set();
  }

  #write({ id, label, what }) {
    const entry = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString([], { hour12: false });
    entry.append(time, `${id}${label ? ` ${label}` : ''}: ${what}`);
    const journal = byId('lifecycle');
    journal.prepend(entry);
    while (journal.children.length > MOST_JOURNAL) journal.lastElementChild.remove();
  }
}

function makeRow() {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.className = 'number';
  row.append(head);
  for (let i = 0; i < 5; i++) row.append(document.createElement('td'));
  return row;
}

function updateRow(row, subject, fresh) {
  const [head, standing, owner, state, readings, changed] = row.children;
  setText(changed, age(Date.now() - Date.parse(subject.changed_at)));
  if (row.dataset.version === subject.changed_at) return;
  row.dataset.version = subject.changed_at;
  head.replaceChildren(String(subject.id), element('span', 'label', subject.label));
  const chip = element('span', 'standing', subject.blocked ? 'blocked' : 'open');
  chip.dataset.standing = chip.textContent;
  standing.replaceChildren(chip);
  const shared = subject.shared_with.length > 0 ? `, shared with ${subject.shared_with.join(', ')}` : '';
  setText(owner, `${subject.owner ?? 'nobody'}${shared}`);
  const { source_id: source, ...values } = subject.state ?? {};
  showValues(state, leaves(values), { state: subject.state, iot: subject.iot });
  showValues(readings, readingsOf(subject.readings), subject.readings);
  if (fresh) flash(row);
}

/** The first few values in a line; all of it on demand, which stays open while it changes. */
function showValues(cell, values, whole) {
  const open = cell.querySelector('details')?.open ?? false;
  const line = element('div', 'values');
  for (const { name, text } of values.slice(0, SHOWN_VALUES)) {
    const value = document.createElement('span');
    value.append(element('span', 'name', name), ` ${text}`);
    line.append(value);
  }
  const details = document.createElement('details');
  details.open = open;
  details.append(
    element('summary', '', values.length > SHOWN_VALUES ? `all ${values.length}` : 'as JSON'),
    element('pre', '', JSON.stringify(whole, null, 2)));
  cell.replaceChildren(line, ...(values.length > 0 ? [details] : []));
}

function flash(row) {
  row.classList.remove('fresh');
  // The animation starts anew only when the browser has seen the row without it.
  row.getBoundingClientRect();
  row.classList.add('fresh');
}

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
