import {
  BODY,
  button,
  convert,
  dockTab,
  emotion,
  entry,
  picked,
  recorded,
  rest,
  select,
  sung,
  trackName,
  untilDone,
  type Scene,
} from './set.ts'

/** The song and its regions: what is selected, heard, asked for and edited. */
export const regionScenes = {
  song: {
    needs: 'nothing',
    async play({ page, camera }) {
      await button(page, 'Open demo').click()
      await sung(page, 'Verse').waitFor()
      await camera.take('song-demo')
      await recorded(page, 'Chorus').click({ position: BODY })
      await camera.take('region-recorded')
      await page.keyboard.press('g')
      await page.getByRole('menuitemradio', { name: 'PJS' }).waitFor()
      await camera.takeOnce('menu-singers')
      await page.getByRole('menuitemradio', { name: 'PJS' }).click()
      await emotion(page, 'Chorus', 'Happy')
      await camera.take('region-assigned')
    },
  },
  sampledSinger: {
    needs: 'nothing',
    async play({ page, camera }) {
      await button(page, 'Open demo').click()
      await sung(page, 'Verse').waitFor()
      await button(page, 'Import a singer file').click()
      await picked(page, 'Sampled.singer').click()
      await button(page, /^Choose/).click()
      await page.getByText('High can sing now.').first().waitFor()
      await recorded(page, 'Chorus').click({ position: BODY })
      await page.keyboard.press('g')
      await page.getByRole('menuitemradio', { name: 'High' }).click()
      await select(page, 'Chorus')
      await page.getByRole('checkbox', { name: /^from the recording/ }).click()
      await camera.take('region-sampled')
    },
  },
  regions: {
    needs: 'song',
    async play({ page, camera }) {
      await select(page, 'Verse')
      await camera.take('region-converted')
      await emotion(page, 'Chorus', 'Angry')
      await camera.take('region-stale')
      await page.keyboard.press('Control+z')
      await select(page, 'Verse')
      await page.getByLabel('Inspector').getByRole('radio', { name: 'Original' }).click()
      await camera.take('region-original')
      await page.keyboard.press('Control+z')
      await select(page, 'Verse')
      await sung(page, 'Chorus').click({ position: BODY, modifiers: ['Control'] })
      await camera.take('region-several')
      await sung(page, 'Verse').click({ button: 'right', position: BODY })
      await entry(page, 'Takes').hover()
      await camera.takeOnce('menu-region')
      await rest(page)
      await page.keyboard.press('Escape')
      await trackName(page, 'PJS').click()
      await camera.take('track-selected')
    },
  },
  states: {
    needs: 'song',
    async play({ page, camera }) {
      await recorded(page, 'Outro').click({ position: BODY })
      await page.keyboard.press('g')
      await page.getByRole('menuitemradio', { name: 'Alba' }).click()
      await emotion(page, 'Chorus', 'Angry')
      await page.keyboard.press('c')
      await select(page, 'Outro')
      await page.keyboard.press('c')
      await emotion(page, 'Verse', 'Fearful')
      await page.locator('[data-state=converting]').first().waitFor(untilDone)
      await rest(page)
      await camera.take('region-converting-queued-stale')
    },
  },
  takes: {
    needs: 'song',
    async play({ page, camera }) {
      await select(page, 'Verse')
      await page.keyboard.press('Shift+V')
      await camera.take('takes')
      await page.getByRole('slider', { name: 'Playhead' }).focus()
      for (let bar = 0; bar < 3; bar++) await page.keyboard.press('PageDown')
      await select(page, 'Verse')
      await page.keyboard.press('Alt+s')
      await page.keyboard.press('1')
      await camera.take('takes-comp')
    },
  },
  curves: {
    needs: 'song',
    async play({ page, camera }) {
      await select(page, 'Verse')
      await page.keyboard.press('v')
      await camera.take('curves')
      await page.getByRole('button', { name: 'Free hand' }).last().click()
      const lane = await page.locator('[data-curve-lane]').last().boundingBox()
      if (lane) await drawWave(page, lane)
      await camera.take('curves-drawn')
    },
  },
  editor: {
    needs: 'song',
    async play({ page, camera }) {
      await select(page, 'Verse')
      await dockTab(page, 'Editor')
      await page.getByText('Finding the notes').waitFor({ state: 'hidden', ...untilDone })
      await camera.take('editor')
      await page.getByRole('radio', { name: 'Converted' }).last().click()
      // The picture of its sound comes tile by tile.
      await page.waitForTimeout(3000)
      await camera.take('editor-converted')
      await page.getByRole('radio', { name: 'Source' }).click()
      await page.locator('[data-note]').nth(1).click()
      for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowUp')
      await camera.take('editor-edited')
    },
  },
  mixer: {
    needs: 'song',
    async play({ page, camera }) {
      await dockTab(page, 'Mixer')
      await camera.take('mixer')
      await dockTab(page, 'Jobs')
      await camera.take('mixer-and-jobs')
      await page.getByRole('slider', { name: 'Playhead' }).focus()
      for (let bar = 0; bar < 6; bar++) await page.keyboard.press('PageDown')
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await page.waitForTimeout(1500)
      await camera.take('playing')
    },
  },
  markers: {
    needs: 'song',
    async play({ page, camera }) {
      await button(page, 'Loop').click()
      await select(page, 'Verse')
      await page.keyboard.press('Shift+L')
      await page.keyboard.press('k')
      await page.getByRole('slider', { name: 'Playhead' }).focus()
      for (let bar = 0; bar < 5; bar++) await page.keyboard.press('PageDown')
      await page.keyboard.press('k')
      await page.keyboard.press('Alt+k')
      await camera.take('markers-loop-tempo')
      await dockTab(page, 'History')
      await camera.take('history')
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+z')
      await camera.take('history-undone')
    },
  },
  convertAgain: {
    needs: 'song',
    async play({ page, camera }) {
      await emotion(page, 'Chorus', 'Sad', 85)
      await convert(page, 'Chorus')
      await page.keyboard.press('Shift+A')
      await camera.take('song-original-heard')
    },
  },
} satisfies Record<string, Scene>

/** A slow wave over the lane, by hand. */
async function drawWave(
  page: Parameters<typeof rest>[0],
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<void> {
  const at = (share: number): readonly [number, number] => [
    x + 20 + share * (0.3 * width),
    y + height * (0.5 - 0.3 * Math.sin(2 * Math.PI * share)),
  ]
  await page.mouse.move(...at(0))
  await page.mouse.down()
  for (let step = 1; step <= 24; step++) await page.mouse.move(...at(step / 24))
  await page.mouse.up()
}
