/** Everything on the page works without this; it adds values at the pointer and keeps an open tab up to date. */
import { addPointers } from './pointer.ts';
import { keepUpToDate } from './refresh.ts';

addPointers();
keepUpToDate(addPointers);
