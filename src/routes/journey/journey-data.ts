// What the parts of the journey page are handed.
import type { PageServerData } from './$types';

export type JourneyData = NonNullable<PageServerData['journey']>;
export type OwnCelebration = PageServerData['mine'][number];
