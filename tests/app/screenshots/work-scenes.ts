import {
  BODY,
  button,
  dockTab,
  emotion,
  entry,
  recorded,
  rest,
  select,
  trackName,
  untilDone,
  type Scene,
} from './set.ts'

/** The browser, the jobs and the export. */
export const workScenes = {
  browser: {
    needs: 'song',
    async play({ page, camera }) {
      const singers = page.getByLabel('Browser')
      await singers.getByRole('button', { name: 'PJS' }).first().click()
      await camera.take('browser-singer')
      await singers.getByRole('button', { name: 'PJS' }).first().click({ button: 'right' })
      await camera.takeOnce('menu-singer')
      await entry(page, 'Card…').click()
      await page.getByRole('dialog').waitFor()
      await camera.take('dialog-singer-card')
      await page.keyboard.press('Escape')
      await singers.getByRole('searchbox').fill('har')
      await camera.take('browser-search')
      await singers.getByRole('searchbox').fill('nothing like it')
      await camera.take('browser-search-nothing')
    },
  },
  jobs: {
    needs: 'song',
    async play({ page, camera }) {
      await dockTab(page, 'Jobs')
      await emotion(page, 'Chorus', 'Angry')
      await page.keyboard.press('c')
      await recorded(page, 'Outro').click({ position: BODY })
      await page.keyboard.press('g')
      await page.getByRole('menuitemradio', { name: 'Alba' }).click()
      await page.keyboard.press('c')
      await page.locator('[data-state=converting]').first().waitFor(untilDone)
      await camera.take('jobs')
    },
  },
  export: {
    needs: 'song',
    async play({ page, camera }) {
      await emotion(page, 'Verse', 'Angry')
      await page.keyboard.press('Control+Shift+E')
      const sheet = page.getByRole('dialog', { name: 'Export' })
      await sheet.waitFor()
      await camera.take('export-decide')
      await sheet.getByRole('button', { name: 'Choose…' }).click()
      const picker = page.getByRole('dialog', { name: 'Choose a folder' })
      await picker.getByRole('button', { name: 'Exports', exact: true }).click()
      await picker.getByRole('button', { name: 'Choose this folder' }).click()
      await sheet.getByRole('radio', { name: 'Use the old take' }).first().click()
      await camera.take('export-ready')
      await sheet.getByRole('button', { name: /^Export \d/ }).click()
      await page.getByText(/files? (was|were) written/).waitFor(untilDone)
      await camera.take('export-done')
    },
  },
  menus: {
    needs: 'song',
    async play({ page, camera }) {
      await button(page, 'Menu').click()
      await camera.takeOnce('menu-song')
      await entry(page, 'Audio output').hover()
      await camera.takeOnce('menu-song-output')
      await rest(page)
      await trackName(page, 'PJS').click({ button: 'right' })
      await camera.takeOnce('menu-track')
      await rest(page)
      await select(page, 'Verse')
      await page.keyboard.press('Alt+Shift+A')
      await camera.take('compare-blindly')
    },
  },
} satisfies Record<string, Scene>
