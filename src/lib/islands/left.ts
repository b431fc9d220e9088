// On the empty sheet after Leave: the pages ahead in the history are cut off, the address says nothing, and LEAVE_TO comes last.
import { justLeft } from '../leaving.ts';

document.cookie = `${justLeft}=; path=/; max-age=0; samesite=strict`;
// A step that is pushed takes the place of everything ahead.
history.replaceState(null, '', '/leave');
history.pushState(null, '', '/leave');
const { to } = document.documentElement.dataset;
if (to) location.replace(to);
