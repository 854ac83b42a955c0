import type { Invariant } from './invariant.ts'
import { jobsEnd } from './jobs-end.ts'
import { libraryIsWhole } from './library-is-whole.ts'
import { mediaAreWhole } from './media-are-whole.ts'
import { nothingPassingStays } from './nothing-passing-stays.ts'
import { workGoesOn } from './work-goes-on.ts'

/** In the order in which they are asked, once the host is up and the song is open again. */
export const invariants: readonly Invariant[] = [
  nothingPassingStays,
  jobsEnd,
  libraryIsWhole,
  workGoesOn,
  mediaAreWhole,
]
