// On the empty sheet after Leave: the pages ahead in the history are cut off, the address says nothing, and LEAVE_TO comes last.
import { justLeft } from '../leaving.ts';

const secure = location.protocol === 'https:';
document.cookie = `${justLeft(secure)}=; path=/; max-age=0; samesite=strict${secure ? '; secure' : ''}`;
// A step that is pushed takes the place of everything ahead.
history.replaceState(null, '', '/leave');
history.pushState(null, '', '/leave');
const { to } = document.documentElement.dataset;
if (to) location.replace(to);
