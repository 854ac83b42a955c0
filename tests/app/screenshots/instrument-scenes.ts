import { BODY, button, entry, picked, recorded, select, sung, trackName, untilDone, type Scene } from './set.ts'

/** Domains of music: how one plays in a song, and how they are learned. */
export const instrumentScenes = {
  instruments: {
    needs: 'nothing',
    async play({ page, camera }) {
      await button(page, 'Open demo').click()
      await sung(page, 'Verse').waitFor()
      await button(page, 'Import an instrument').click()
      await picked(page, 'Instruments').click()
      await picked(page, 'Flute.domain').click()
      await button(page, /^Choose/).click()
      await page.getByText('Flute can play.').first().waitFor()
      await recorded(page, 'Chorus').click({ position: BODY })
      await page.keyboard.press('g')
      await page.getByRole('menuitemradio', { name: 'Flute' }).waitFor()
      await camera.takeOnce('menu-instruments')
      await page.getByRole('menuitemradio', { name: 'Flute' }).click()
      await select(page, 'Chorus')
      await page.getByText(/^about .* on this machine$/).waitFor(untilDone)
      await camera.take('instrument-assigned')
      await page.keyboard.press('c')
      await page.locator('[data-state=converted][aria-label^="Chorus, "]').waitFor(untilDone)
      await camera.take('instrument-played')
      await trackName(page, 'Flute').click()
      await camera.take('instrument-track')
      await trackName(page, 'Flute').click({ button: 'right' })
      await entry(page, 'Instrument').hover()
      await camera.takeOnce('menu-instrument-track')
    },
  },
  instrumentTraining: {
    needs: 'nothing',
    async play(set) {
      const { page, camera } = set
      await button(page, 'Train instruments').click()
      await page.getByRole('heading', { name: 'Train instruments' }).waitFor()
      await camera.take('instrument-training-empty')
      for (const [index, name] of ['Flute', 'Fiddle'].entries()) {
        await page.getByRole('button', { name: 'Choose folder' }).nth(index).click()
        // The picker begins where it ended.
        if (index === 0) await picked(page, 'Instruments').click()
        else await picked(page, 'Folder above').click()
        await picked(page, name).click()
        await button(page, 'Choose this folder').click()
        await page.getByRole('region', { name }).getByRole('row').nth(1).waitFor(untilDone)
      }
      await page.getByLabel('Whose recordings these are').fill('A synthesizer')
      await page.getByLabel('What may be done with the instruments').fill('Anything')
      await page.getByRole('checkbox', { name: 'Everyone who plays here agrees' }).click()
      await camera.take('instrument-training-recordings')
      await button(page, 'Start learning').click()
      await page
        .getByText(/step \d+ of/)
        .first()
        .waitFor(untilDone)
      await camera.take('instrument-training-learning')
      await button(page, 'Pause').click()
      await page.getByRole('heading', { name: 'Paused' }).waitFor(untilDone)
      await set.restart()
      await button(page, 'Show').click()
      await page.getByRole('heading', { name: 'Paused' }).waitFor(untilDone)
      await camera.take('instrument-training-paused')
    },
  },
} satisfies Record<string, Scene>
