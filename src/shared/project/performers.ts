import type { TrainedDomain } from '../contract/domains.ts'
import type { Performer } from '../contract/library.ts'
import { traitsOf } from './converters.ts'

/** Whether who performs is a domain of music, and not a singer. */
export const isDomain = (performer: Performer): performer is TrainedDomain => traitsOf(performer).isInstrument
