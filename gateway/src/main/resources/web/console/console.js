/** The composition root of the console. What it is told to look at lives in this page alone, and ends with it. */

import { ClientView } from './client-view.js';
import { SubjectsView } from './subjects-view.js';

new SubjectsView();
new ClientView();
