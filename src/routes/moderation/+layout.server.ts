import { theStaff } from './staff.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({ administrator: theStaff(locals).role === 'administrator' });
