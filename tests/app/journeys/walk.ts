import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { enterWindow } from '../../support/enter-window.ts'
import { plugOutput } from '../../support/plug-output.ts'
import { dying, failing } from './fault-journeys.ts'
import type { Way } from './hand.ts'
import { tapOutput } from './output-tap.ts'
import { changing, comparing, comping, converting, editing, importing } from './song-journeys.ts'
import { openStage, type Journey, type Stage } from './stage.ts'
import { exporting, training } from './work-journeys.ts'

export const journeys: readonly Journey[] = [
  importing,
  converting,
  changing,
  comparing,
  editing,
  comping,
  training,
  exporting,
  dying,
  failing,
]

/** Real conversions and trainings, on a machine that may be busy. */
const JOURNEY_MS = 480_000

/** All ten journeys, in one way, one after another in one window. */
export function walkAll(way: Way): void {
  describe(way, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await openStage(way)
      const { page, host } = stage.studio
      await page.addInitScript(plugOutput)
      await page.addInitScript(tapOutput)
      // They are there from the next time that the page is loaded.
      await page.goto('about:blank')
      await enterWindow(page, host)
    })
    afterEach(({ task }) => stage?.studio.keepFailure(task.result?.state))
    afterAll(() => stage?.studio.close())
    for (const journey of journeys)
      test(`${journey.number}. ${journey.name}`, { timeout: JOURNEY_MS }, () => journey.walk(stage))
  })
}
