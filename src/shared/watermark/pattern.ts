import { createRandom } from '../base/random.ts'
import { hzToMel, melToHz } from '../dsp/mel.ts'
import type { Hertz, Seconds } from '../units/time.ts'

/**
 * The mark: levels of narrow bands that rise and fall by less than a decibel in a pattern that looks like chance, the same
 * in every file and repeated every few seconds. It is told in hertz and seconds, so that another rate keeps it.
 */
export const BAND_COUNT = 64
export const LOWEST_HZ = 300
export const HIGHEST_HZ = 7500
export const CELL_SEC: Seconds = 0.08
export const CELL_COUNT = 50
export const PERIOD_SEC: Seconds = CELL_SEC * CELL_COUNT

const SEED = 0x5eed

/** Edges of the bands, equally far from each other in mel: about a third of what the ear hears as one, at every height. */
export const bandEdgesHz: readonly Hertz[] = Array.from({ length: BAND_COUNT + 1 }, (_, edge) =>
  melToHz(hzToMel(LOWEST_HZ) + (edge / BAND_COUNT) * (hzToMel(HIGHEST_HZ) - hzToMel(LOWEST_HZ))),
)

/** +1 or −1 for each cell of each band. As many up as down in every cell and nearly so in every band: nothing gets louder. */
const signs: readonly (readonly number[])[] = drawSigns()

function drawSigns(): number[][] {
  const random = createRandom(SEED)
  const cells = Array.from({ length: CELL_COUNT }, () => {
    const column: number[] = Array.from({ length: BAND_COUNT }, (_, band) => (band % 2 === 0 ? 1 : -1))
    for (let at = BAND_COUNT - 1; at > 0; at--) {
      const other = random.integer(at + 1)
      ;[column[at], column[other]] = [column[other], column[at]]
    }
    return column
  })
  return Array.from({ length: BAND_COUNT }, (_, band) => cells.map((column) => column[band]))
}

/** The pattern of a band at any time, −1…1: each cell's sign, with cosines from one to the next. */
export function patternAt(band: number, timeSec: Seconds): number {
  const cells = timeSec / CELL_SEC
  const at = Math.floor(cells - 0.5)
  const share = 0.5 - 0.5 * Math.cos(Math.PI * (cells - 0.5 - at))
  const row = signs[band]
  const before = row[((at % CELL_COUNT) + CELL_COUNT) % CELL_COUNT]
  const after = row[(((at + 1) % CELL_COUNT) + CELL_COUNT) % CELL_COUNT]
  return before + share * (after - before)
}
